// Streamlit's own texts in Chinese: it has no switch for them. Found by reading its bundle; a text
// that is missing here stays English and breaks nothing.

import "./leave.js"; // on every page, as this one is
import "./keypad.js";
import "./press.js";

const PHRASES = {
  // Selecting
  "Choose an option": "请选择",
  "Choose options": "请选择（可多选）",
  "No results": "没有符合的选项",
  "Select all": "全选",
  "Clear all": "全部清除",
  "Clear value": "清除内容",
  "Clear entry": "清空",
  "Selected values": "已选内容",
  "Open": "展开选项",
  "Dismiss": "收起",
  // Typing
  "Press Enter to apply": "按回车键确认",
  "Press Ctrl+Enter to apply": "按 Ctrl+回车键确认",
  "Press ⌘+Enter to apply": "按 ⌘+回车键确认",
  "Press Enter to submit form": "按回车键提交",
  "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交",
  "Press ⌘+Enter to submit form": "按 ⌘+回车键提交",
  "This field is required.": "此项必填。",
  "Invalid value.": "内容不符合要求。",
  "Invalid input.": "输入不符合要求。",
  "Increment": "增加",
  "Decrement": "减少",
  "Number is above the allowed range.": "超过允许的最大值。",
  "Number is below the allowed range.": "低于允许的最小值。",
  "Show password": "显示密码",
  "Hide password": "隐藏密码",
  // Dates
  "yyyy": "年",
  "mm": "月",
  "dd": "日",
  "month": "月份",
  "year": "年份",
  "Empty": "未填",
  "Choose date": "选择日期",
  "Choose date range": "选择起止日期",
  "Date range": "起止日期",
  "Quick select a date range": "快速选择起止日期",
  "Select...": "请选择…",
  "Clear date": "清除日期",
  "Clear dates": "清除起止日期",
  "Previous month": "上个月",
  "Next month": "下个月",
  "Next": "下一个",
  "Past week": "最近一周",
  "Past month": "最近一个月",
  "Past 3 months": "最近三个月",
  "Past 6 months": "最近半年",
  "Past year": "最近一年",
  "Past 2 years": "最近两年",
  "Click to start selecting date range": "点击选择开始日期",
  "Click to finish selecting date range": "点击选择结束日期",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.":
    "用方向键移动日期，回车键选择，Esc 键关闭。",
  // Files
  "Upload": "选择文件",
  "Add files": "添加文件",
  "file upload": "上传文件",
  "Drag and drop a file here": "把文件拖到这里",
  "Drag and drop files here": "把文件拖到这里（可多个）",
  "Error:": "错误：",
  "Download failed": "下载失败",
  // Tables
  "Add row": "添加一行",
  "Delete row(s)": "删除所选行",
  "Clear selection": "取消选择",
  "Download as CSV": "下载为 CSV",
  "Show/hide columns": "显示或隐藏列",
  "Search": "搜索",
  "Type to search": "输入文字搜索",
  "Previous Result": "上一个结果",
  "Next Result": "下一个结果",
  "Close Search": "关闭搜索",
  "Fullscreen": "全屏",
  "Close fullscreen": "退出全屏",
  "Sort ascending": "升序排列",
  "Sort descending": "降序排列",
  "Autosize": "自动列宽",
  "Pin column": "固定此列",
  "Unpin column": "取消固定",
  "Hide column": "隐藏此列",
  "Copy column name": "复制列名",
  "Format": "格式",
  "Statistics": "统计",
  "Dataframe column menu": "列菜单",
  "(index)": "（序号）",
  "Previous page": "上一页",
  "Next page": "下一页",
  // The frame
  "Close": "关闭",
  "Copy to clipboard": "复制",
  "Copied": "已复制",
  "Sidebar": "侧边栏",
  "Collapse sidebar": "收起侧边栏",
  "Expand sidebar": "展开侧边栏",
  "Skip to main content": "跳到正文",
  "App pages": "页面",
  "Main menu": "主菜单",
  "Notifications": "通知",
  "View less": "收起",
  "Navigate to home page": "回到首页",
  "Link to heading": "本标题的链接",
  "Pagination": "页码",
  "Scroll tabs left": "向左滚动",
  "Scroll tabs right": "向右滚动",
  "Running...": "正在更新…",
  "Stop": "停止",
  "Rerun": "重新运行",
  "Cancel": "取消",
  "Page not found": "没有这个页面",
  "The page that you have requested does not seem to exist. Running the app's main page.":
    "您要找的页面不存在，现在显示的是首页。",
  // The connection
  "Connecting": "正在连接",
  "Connecting to Streamlit server": "正在连接服务器",
  "Unable to connect to Streamlit server": "无法连接服务器",
  "Connection error": "连接中断",
  "Connection lost. Please wait for the app to reconnect, then try again.":
    "连接中断，请等待重新连接后再试。",
  "Connection timed out.": "连接超时。",
  "Streamlit server is not responding. Are you connected to the internet?":
    "服务器没有响应，请检查网络连接。",
  ["Is Streamlit still running? If you accidentally stopped Streamlit, " +
    "just restart it in your terminal:"]: "服务器没有响应。如果服务已停止，请重新启动：",
  "Network error": "网络错误",
  "Request timed out": "请求超时",
};

const MONTHS =
  "January|February|March|April|May|June|July|August|September|October|November|December";
const DAYS = "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday";
const month = (name) => `${MONTHS.split("|").indexOf(name) + 1}月`;
const day = (name) => `星期${"日一二三四五六"[DAYS.split("|").indexOf(name)]}`;
const choice = { "Choose date": "选择日期", "Choose date range": "选择起止日期" };
const part = {
  year: "年", month: "月", day: "日", hour: "时", minute: "分",
  "start date": "开始日期", "end date": "结束日期",
};

// In this order, as often as they fit: a label can hold a date and a word beside it.
const PATTERNS = [
  [/^(Choose date(?: range)?), /, (_, words) => `${choice[words]}，`],
  [/^(year|month|day|hour|minute), (.*)$/, (_, word, label) => `${label} ${part[word]}`],
  [/^(.*) (start date|end date)( .|$)/, (_, label, word, rest) => `${label} ${part[word]}${rest}`],
  [RegExp(`\\b(${DAYS}), (${MONTHS}) (\\d+), (\\d{4})`, "g"),
    (_, name, of, date, year) => `${year}年${month(of)}${+date}日 ${day(name)}`],
  [RegExp(`\\b(${DAYS}), (${MONTHS}) (\\d+)\\b`, "g"),
    (_, name, of, date) => `${month(of)}${+date}日 ${day(name)}`],
  [RegExp(`\\b(${MONTHS}) (\\d+), (\\d{4})`, "g"),
    (_, of, date, year) => `${year}年${month(of)}${+date}日`],
  [RegExp(`\\b(${MONTHS}) (\\d{4})$`), (_, of, year) => `${year}年${month(of)}`],
  [RegExp(`^(?:\\d+ – )?(${MONTHS})$`), (_, of) => month(of)],
  [/^Shortcut (?=\S)/, "快捷键 "],
  [/^Today, (?=\d)/, "今天，"],
  [/^Selected Date: (?=\d)/, "已选日期："],
  [/^Selected Time: (?=\d)/, "已选时间："],
  [/^Selected Range: (\S+ \S+) to (?=\d)/, "已选 $1 至 "],
  [/(\d日 星期.) selected$/, "$1，已选"],
  [/^(\d+) options? available\.$/, "共 $1 个选项。"],
  [/^Select (\d+) matches$/, "选择符合的 $1 项"],
  [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
    "最多选 $1 项，请先去掉一项。"],
  [/^Error: Number is outside .* between (\S+) and (\S+)\.$/, "请填 $1 到 $2 之间的数。"],
  [/^Error: Number is above .* equal to (\S+)\.$/, "请填不大于 $1 的数。"],
  [/^Error: Number is below .* equal to (\S+)\.$/, "请填不小于 $1 的数。"],
  [/^(\S+) per file$/, "每个文件不超过 $1"],
  [/^File must be (\S+) or smaller\.$/, "文件不得超过 $1。"],
  [/^\S* files are not allowed\.$/, "不接受这种格式的文件。"],
  [/^Remove (.+)$/, "去掉 $1"],
  [/^Help for (.+)$/, "$1 的说明"],
  [/^View (\d+) more$/, "再显示 $1 项"],
  [/^Page (\d+)$/, "第 $1 页"],
  [/^(form|panel)-[\w-]+$/, "表单"], // a form's key
  [/^You have requested page \/(\S*), but .*/, "没有名为 $1 的页面。"],
];

const ATTRIBUTES = ["placeholder", "title", "aria-label", "aria-valuetext", "aria-description"];
const WATCHED = {
  subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES,
};
const SKIPPED = ".minyi-host, style, script";
const WRITTEN = "[data-testid=stMarkdownContainer]"; // also by people: no patterns there
const BACK = Object.fromEntries(Object.entries(PHRASES).map(([english, own]) => [own, english]));

// The head of a calendar has one letter a day, S and T twice: only their places tell them apart.
function weekday(cell) {
  const sundayFirst = /[S日]/.test(cell.parentElement.cells[0].textContent);
  return "日一二三四五六日"[cell.cellIndex + (sundayFirst ? 0 : 1)];
}

const chinese = (text, node) => {
  if (Object.hasOwn(PHRASES, text)) return PHRASES[text];
  if (node.matches("[role=img]") && /^[a-z0-9_]+ icon$/.test(text)) return "图标";
  if (node.matches("[role=grid] th") && /^[SMTWF]$/.test(text)) return weekday(node);
  if (!/[A-Za-z]{2}/.test(text) || node.closest(WRITTEN)) return text;
  return PATTERNS.reduce((said, [from, to]) => said.replace(from, to), text);
};
const english = (text) => (Object.hasOwn(BACK, text) ? BACK[text] : text);

let speak = english;
const observer = new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "childList") addedNodes.forEach(visit);
    else visit(target);
  }
});

export default function show({ parentElement, data }) {
  parentElement.dataset.done = ""; // it shows nothing, but is there
  document.documentElement.lang = data.language === "en" ? "en" : "zh-CN";
  const wanted = data.language === "en" ? english : chinese;
  if (wanted === speak) return;
  speak = wanted;
  observer.disconnect();
  visit(document.body);
  if (speak === chinese) observer.observe(document.body, WATCHED);
}

function visit(node) {
  const place = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  if (!(place instanceof Element) || place.closest(SKIPPED)) return;
  if (node !== place) {
    replace(node.data, place, (said) => (node.data = said));
    return;
  }
  for (const name of ATTRIBUTES) {
    replace(node.getAttribute(name) ?? "", node, (said) => node.setAttribute(name, said));
  }
  node.childNodes.forEach(visit);
}

function replace(text, node, put) {
  const bare = text.trim();
  const said = bare && speak(bare, node);
  if (said !== bare) put(text.replace(bare, () => said));
}
