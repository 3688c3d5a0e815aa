"""A template downloaded, filled in and uploaded in the browser becomes records, once."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as

SHEET = "xl/worksheets/sheet1.xml"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filled(template: Path, days: int) -> bytes:
    """The template with a day and a number of participants in its first rows, as Excel writes."""
    kept = BytesIO()
    with ZipFile(template) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == SHEET:
                text = text.decode()
                for row in range(2, days + 2):
                    day = f'<c r="A{row}" t="inlineStr"><is><t>2023-05-{row:02}</t></is></c>'
                    people = f'<c r="I{row}"><v>{row * 10}</v></c></row>'
                    text = re.sub(
                        rf'(<row r="{row}"[^>]*>)(.*?)</row>',
                        lambda found, day=day, people=people: found[1] + day + found[2] + people,
                        text,
                        count=1,
                    )
                text = text.encode()
            after.writestr(name, text)
    return kept.getvalue()


def upload(page: Page, data: bytes) -> None:
    page.set_input_files(
        'input[type="file"]', {"name": "五月.xlsx", "mimeType": MIME, "buffer": data}
    )
    settle(page)


def test_a_template_is_filled_in_imported_and_found_among_the_records(
    new_page: NewPage, app_url: str, tmp_path: Path
) -> None:
    page = new_page(app_url, width=390, height=844)
    sign_in_as(page, "community_staff", "/import_activities?month=2023-05")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载模板").click()
    template = tmp_path / download.value.suggested_filename
    download.value.save_as(template)
    assert "2023-05" in template.name
    data = filled(template, 3)
    upload(page, data)
    expect(page.get_by_test_id("stMetric").filter(has_text="将新增")).to_contain_text("3")
    page.get_by_role("button", name="导入 3 行").click()
    settle(page)
    done = page.get_by_text(re.compile("已新增 3 行.*新的编号"))
    expect(done).to_be_visible()
    number = re.findall("A[0-9]{6}", done.inner_text())[0]
    page.goto(f"/mine?record={number}")
    settle(page)
    expect(page.get_by_text("2023-05-02").or_(page.get_by_text("2023年5月2日"))).to_be_visible()
    page.goto("/import_activities?month=2023-05")
    settle(page)
    upload(page, data)
    expect(page.get_by_text("和已有的记录一致")).to_be_visible()
