"""What the change log's own words are called: kinds of things, deeds, fields."""

from __future__ import annotations

from services.i18n import _


def kind_labels() -> dict[str, str]:
    """Entity → what people call it, in the order a list offers them."""
    return {
        "activity": _("活动记录"),
        "draft": _("批量填报的行"),
        "survey_wave": _("调查"),
        "survey_tally": _("调查份数"),
        "published_score": _("公布的得分"),
        "survey_import": _("导入的调查文件"),
        "workbook_import": _("导入的表格"),
        "target": _("目标"),
        "feedback": _("民声"),
        "commitment": _("承诺事项"),
        "inspection": _("督查"),
        "plan": _("工作计划"),
        "plan_occasion": _("计划中的一次活动"),
        "user": _("用户"),
        "session": _("登录"),
        "community": _("社区"),
        "grid": _("网格"),
        "population": _("人口"),
        "activity_type": _("活动类型"),
        "measure": _("指标"),
        "partner_kind": _("参与力量"),
        "population_group": _("人群"),
        "activity_round": _("轮次"),
        "feedback_topic": _("民声问题"),
        "feedback_channel": _("民声来源渠道"),
        "backup": _("备份"),
        "office": _("办公设置"),
        "meeting": _("会议"),
        "chart_note": _("图上注记"),
    }


def action_labels() -> dict[str, str]:
    return {
        "enter": _("首次填报"),
        "correct": _("更正"),
        "void": _("作废"),
        "restore": _("恢复"),
        "approve": _("审核通过"),
        "return": _("退回"),
        "reveal": _("查看完整号码"),
        "confirm": _("确认无误"),
        "follow_up": _("标为待跟进"),
        "close": _("跟进办结"),
        "discard": _("移除"),
        "take_back": _("取回"),
        "add": _("新增"),
        "create": _("新增"),
        "record": _("录入"),
        "import": _("导入"),
        "submit": _("登记"),
        "assign": _("交办"),
        "resolve": _("办理完毕"),
        "call_back": _("回访"),
        "reopen": _("重新办理"),
        "make": _("作出承诺"),
        "report": _("进展"),
        "finish": _("办结销号"),
        "reschedule": _("调整期限"),
        "rectify": _("整改报告"),
        "add_photos": _("添加照片"),
        "hide_photo": _("撤下照片"),
        "show_photo": _("放回照片"),
        "cancel": _("取消"),
        "move": _("改期"),
        "undo": _("撤销"),
        "set": _("设定"),
        "clear": _("清除"),
        "change": _("更改"),
    } | _of_office()


def _of_office() -> dict[str, str]:
    """What is done to lists, people, copies and meetings."""
    return {
        "deactivate": _("停用"),
        "reactivate": _("恢复使用"),
        "invite": _("生成邀请链接"),
        "reset_link": _("生成重置密码的链接"),
        "change_password": _("设置密码"),
        "choose_language": _("选择语言"),
        "sign_in": _("登录"),
        "sign_out": _("退出登录"),
        "sign_out_everywhere": _("退出全部登录"),
        "back_up": _("备份"),
        "download": _("下载"),
        "restore_copy": _("恢复为新文件"),
        "freeze": _("冻结数据"),
        "add_slide": _("增加页面"),
        "change_slide": _("修改页面"),
        "arrange_slides": _("调整页面顺序"),
        "comment": _("提意见"),
        "settle": _("处理意见"),
        "unsettle": _("重新打开意见"),
        "write_text": _("修改简报"),
        "restore_text": _("恢复为计算文本"),
    }


def field_labels() -> dict[str, str]:
    """Field of what was kept before and after → what people call it."""
    return (
        _of_people_and_places()
        | _of_activities()
        | _of_lists()
        | _of_surveys_and_loops()
        | _of_inspections()
        | _of_meetings()
    )


def _of_people_and_places() -> dict[str, str]:
    return {
        "username": _("用户名"),
        "name": _("名称"),
        "name_en": _("英文名称"),
        "label": _("名称"),
        "label_en": _("英文名称"),
        "role": _("角色"),
        "community": _("社区"),
        "community_code": _("社区"),
        "active": _("在用"),
        "expires_at": _("有效至"),
        "address": _("网络地址"),
        "language": _("语言"),
    }


def _of_activities() -> dict[str, str]:
    return {
        "type_code": _("活动类型"),
        "first_day": _("开始日期"),
        "last_day": _("结束日期"),
        "month": _("月份"),
        "host": _("主办社区"),
        "communities": _("共同开展的社区"),
        "grid": _("网格"),
        "place": _("地点"),
        "partners": _("参与力量"),
        "participants": _("参加人数"),
        "measures": _("数量"),
        "note": _("备注"),
        "state": _("状态"),
        "void_reason": _("作废原因"),
        "review": _("审核状态"),
        "return_reason": _("退回原因"),
        "approval": _("审核"),
        "rule": _("安排"),
        "on_day_off": _("遇休息日"),
        "grace_days": _("宽限天数"),
        "moved_to": _("改到"),
        "field": _("哪一项"),
        "figure": _("数字"),
    }


def _of_lists() -> dict[str, str]:
    return {
        "position": _("顺序"),
        "domain": _("服务领域"),
        "domain_code": _("服务领域"),
        "rhythm": _("开展频率"),
        "weekday": _("星期"),
        "offers": _("填报的指标"),
        "unit_code": _("单位"),
        "definition": _("定义"),
        "definition_en": _("英文定义"),
        "counter": _("量词"),
        "more_word": _("约数用词"),
        "population_group": _("对应人群"),
        "better": _("好坏方向"),
        "number": _("序号"),
        "least": _("一次最少"),
        "most": _("一次最多"),
    }


def _of_surveys_and_loops() -> dict[str, str]:
    return {
        "score": _("得分"),
        "value": _("数值"),
        "wave": _("调查"),
        "sha256": _("校验值"),
        "rows": _("行数"),
        "accepted": _("导入的行"),
        "refused": _("未导入的行"),
        "kind": _("内容"),
        "how": _("方式"),
        "file_name": _("文件名"),
        "added": _("新增的行"),
        "changed": _("更正的行"),
        "unchanged": _("没有变化的行"),
        "kept": _("保持不变的行"),
        "topic_code": _("反映的问题"),
        "channel_code": _("来源渠道"),
        "owner_id": _("责任人"),
        "school": _("学校"),
        "text": _("内容"),
        "series": _("指标"),
        "day": _("日期"),
        "slide": _("页面"),
        "done_by": _("处理人"),
        "part": _("段落"),
        "owner": _("责任人"),
        "meeting": _("会议"),
        "rounds": _("办理次数"),
        "received_on": _("收到日期"),
        "responded_on": _("响应日期"),
        "resolved_on": _("办结日期"),
        "made_on": _("承诺日期"),
        "due_on": _("到期日期"),
        "done_on": _("办结日期"),
    }


def _of_meetings() -> dict[str, str]:
    return {
        "title": _("会议名称"),
        "held_on": _("会议日期"),
        "period_code": _("时间范围"),
        "approved_only": _("只看已审核"),
        "frozen": _("数据已冻结"),
        "order": _("顺序"),
        "headline": _("标题句"),
        "body": _("正文"),
        "notes": _("讲稿"),
    }


def _of_inspections() -> dict[str, str]:
    return {
        "day": _("督查日期"),
        "inspector": _("督查人"),
        "rank": _("职务"),
        "verdict": _("结论"),
        "findings": _("督查情况"),
        "activity_id": _("活动"),
        "follows_id": _("复查哪一次"),
        "photos": _("照片（张）"),
        "photo": _("照片"),
        "shown": _("展示"),
    }
