#!/bin/sh
# Draws the icons from frontend/public/icon.svg. Needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")"
source=../../frontend/public/icon.svg
for size in 32 128; do
  rsvg-convert --width "$size" --height "$size" --output "${size}x${size}.png" "$source"
done
rsvg-convert --width 512 --height 512 --output icon.png "$source"
