"""The real window's page, through its driver: what a test looks for and does there."""

from typing import Any

from selenium.webdriver.common.by import By

from pages.waiting import wait_until


def wait_for_text(window: Any, text: str) -> None:
    """Return once the text stands somewhere on the page."""
    wait_until(lambda: text in window.driver.find_element(By.TAG_NAME, "body").text)


def element(window: Any, xpath: str) -> Any:
    """Return the first element of a path, waiting until there is one."""
    return window.driver.find_element(By.XPATH, xpath)


def go_to(window: Any, screen: str) -> None:
    window.driver.find_element(By.LINK_TEXT, screen).click()


def field(window: Any, label: str) -> Any:
    return element(window, f"//input[@id=//label[text()='{label}']/@for]")
