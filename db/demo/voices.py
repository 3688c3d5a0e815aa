"""What the people of the demonstration say: a sentence a topic, schools, and what is answered."""

from __future__ import annotations

from db.demo import places

# Topic → what is said about it.
SAID = {
    "waste_collection": "楼下垃圾桶经常两天才清一次，夏天气味大。",
    "clutter": "单元门口堆着旧家具和纸箱，走路不方便。",
    "road_surface": "小区北门外的路面坑洼，下雨积水。",
    "street_stalls": "傍晚流动摊贩占了人行道。",
    "other_environment": "绿化带的树枝挡住了路灯。",
    "fraud": "老人接到冒充客服的电话，希望多讲防骗知识。",
    "noise": "广场音响晚上九点以后还在放。",
    "parking": "消防通道常有车辆停放。",
    "other_safety": "单元门禁坏了，外人可以随便进出。",
    "venues": "健身器材有两件损坏，没有人修。",
    "events": "希望电影放映早一点通知。",
    "other_culture": "活动室周末不开门。",
    "clinics": "希望义诊多安排在周末。",
    "check_ups": "查体通知没有收到，不知道什么时候去。",
    "other_health": "卫生服务站拿药排队时间长。",
    "school_traffic": "上下学时校门口车辆拥堵，孩子过马路不安全。",
    "school_meals": "家长工作日中午不能接孩子，希望学校能解决就餐。",
    "homework": "晚上作业写到十点，负担过重。",
    "punishment": "孩子说在班里被罚站，希望学校了解情况。",
    "bullying": "孩子反映被同学起外号、推搡。",
    "other_education": "希望课后服务的时间再长一些。",
    "allowances": "这个月的补贴还没有到账。",
    "relief": "家里有人住院，想了解怎样申请救助。",
    "other_assistance": "希望便民服务能到楼下来。",
}
RESOLVED = (
    "已到现场核实，当天处理完毕。",
    "已协调有关单位处理，结果已告知反映人。",
    "已整改到位，今后列入日常巡查。",
    "已说明政策和办理时间，反映人表示理解。",
)
NOT_SATISFIED = "问题解决了，但等的时间太长。"
NOT_RESOLVED = "反映人说情况又出现了，没有真正解决。"
DOUBLE = "与同一天登记的另一条重复"


def school(community: str, older: bool) -> str:
    """The community's primary or middle school, named after it."""
    name = next(row[1] for row in places.COMMUNITIES if row[0] == community)
    return name.removesuffix("社区") + ("中学" if older else "小学")
