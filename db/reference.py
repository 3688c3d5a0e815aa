"""The reference lists of the source bulletin: domains, units, measures, types, partners."""

from __future__ import annotations

# fmt: off
DOMAINS = (
    ("environment", "居住环境", "Living environment"),
    ("safety", "社会治安", "Public safety"),
    ("culture", "文体生活", "Culture and sport"),
    ("health", "基本医疗", "Basic healthcare"),
    ("education", "基础教育", "Basic education"),
    ("assistance", "社会帮扶", "Social assistance"),
)

# code, label, English, counted in whole numbers only
UNITS = (
    ("places", "处", "places", True),
    ("tonnes", "吨", "tonnes", False),
    ("vehicle_trips", "台次", "vehicle trips", True),
    ("copies", "份", "copies", True),
    ("attendances", "人次", "attendances", True),
    ("sessions", "场", "sessions", True),
    ("times", "次", "times", True),
    ("persons", "人", "persons", True),
    ("yuan", "元", "yuan", False),
)

# code, domain, unit, label, English, definition, English, counter, more_word, denominator
MEASURES = (
    ("litter_spots", "environment", "places", "清理乱堆乱放", "Litter spots cleared",
     "清理完毕的乱堆乱放点位数。", "Spots of piled-up clutter that were cleared.", "", "余", ""),
    ("household_waste", "environment", "tonnes", "清运生活垃圾", "Household waste removed",
     "活动中清运的生活垃圾重量。", "Weight of household waste removed.", "", "余", ""),
    ("bulky_waste", "environment", "tonnes", "清理杂物", "Clutter removed",
     "活动中清理的杂物重量。", "Weight of clutter removed.", "", "余", ""),
    ("vehicle_trips", "environment", "vehicle_trips", "出动车辆", "Vehicles used",
     "出动车辆的台次，一辆车出动一次计一台次。", "Vehicle trips; one vehicle out once is one.",
     "", "余", ""),
    ("leaflets", "safety", "copies", "发放宣传资料", "Leaflets handed out",
     "发放的防诈骗宣传资料份数。", "Anti-fraud leaflets handed out.", "", "余", ""),
    ("consultations", "safety", "attendances", "群众参与咨询", "People advised",
     "到场参与咨询的群众人次。", "Residents who took part and asked for advice.", "名", "余", ""),
    ("performances", "culture", "sessions", "演出和比赛", "Performances and contests",
     "举办的演出、展演、比赛场次。", "Performances, shows and contests held.", "", "多", ""),
    ("screenings", "culture", "sessions", "放映电影", "Films shown",
     "免费放映电影的场次。", "Free film screenings.", "", "多", ""),
    ("check_ups", "health", "persons", "老年人免费查体", "Free check-ups of older residents",
     "完成免费健康查体的60岁及以上居民人数。", "Residents aged 60+ examined.",
     "名", "多", "aged_60"),
    ("free_clinics", "health", "sessions", "义诊", "Free clinics",
     "开展义诊的场次。", "Free clinics held.", "", "多", ""),
    ("home_visits", "health", "times", "上门义诊", "Home visits",
     "上门为居民义诊的次数。", "Free clinics at residents' homes.", "", "多", ""),
    ("health_talks", "health", "sessions", "健康知识讲座", "Health talks",
     "健康知识讲座的场次。", "Health talks held.", "", "多", ""),
    ("health_leaflets", "health", "copies", "健康宣教资料", "Health leaflets",
     "发放的健康宣教资料份数。", "Health leaflets handed out.", "", "多", ""),
    ("school_meetings", "education", "sessions", "家校会议", "School and family meetings",
     "家长会、座谈会、分析会、专家讲座的场次。",
     "Parents' meetings, discussions, analyses and expert talks.", "", "多", ""),
    ("parents_received", "education", "attendances", "接待家长", "Parents received",
     "家长接待日接待的家长人次。", "Parents received on reception days.", "", "余", "pupils"),
    ("education_talks", "education", "sessions", "专题宣讲", "Themed talks",
     "警示教育和法治教育宣讲的场次。", "Warning and rule-of-law talks held.", "", "多", ""),
    ("elderly_recipients", "assistance", "attendances",
     "高龄补贴发放", "Old-age allowance recipients", "每月领取高龄补贴的人数，逐月相加。",
     "People paid the old-age allowance, added up by month.", "", "余", "aged_60"),
    ("elderly_amount", "assistance", "yuan", "高龄补贴金额", "Old-age allowance paid",
     "当月发放的高龄补贴金额。", "Old-age allowance paid.", "", "余", ""),
    ("low_income_recipients", "assistance", "attendances", "低保补贴发放", "Low-income recipients",
     "每月领取低保补贴的人数，逐月相加。",
     "People paid the low-income allowance, added up by month.", "", "余", "low_income"),
    ("low_income_amount", "assistance", "yuan", "低保补贴金额", "Low-income allowance paid",
     "当月发放的低保补贴金额。", "Low-income allowance paid.", "", "余", ""),
    ("disabled_recipients", "assistance", "attendances", "残疾人补贴发放", "Disability recipients",
     "每月领取残疾人补贴的人数，逐月相加。",
     "People paid the disability allowance, added up by month.", "", "余", "disabled"),
    ("disabled_amount", "assistance", "yuan", "残疾人补贴金额", "Disability allowance paid",
     "当月发放的残疾人补贴金额。", "Disability allowance paid.", "", "余", ""),
    ("relief_recipients", "assistance", "persons", "救助慰问", "People given relief",
     "慈善救助和敬老慰问的人数。", "People given charity relief or visited.", "", "余", ""),
    ("services_given", "assistance", "attendances", "便民服务", "Convenience services",
     "义诊、义剪、义修服务的人次。", "Free check-ups, haircuts and repairs given.", "", "余", ""),
)

# Measures of which neither more nor less is better: what is paid by right goes by who is entitled.
BY_RIGHT = {
    "elderly_recipients", "elderly_amount", "low_income_recipients", "low_income_amount",
    "disabled_recipients", "disabled_amount",
}

# What a single activity reports at most: a slip of digits is refused, a big campaign is not. An
# administrator sets other bounds; allowances stay open, for they grow with the community.
MOST = {
    "litter_spots": 2_000, "household_waste": 1_000, "bulky_waste": 500, "vehicle_trips": 500,
    "leaflets": 50_000, "consultations": 50_000, "performances": 100, "screenings": 50,
    "check_ups": 5_000, "free_clinics": 200, "home_visits": 1_000, "health_talks": 200,
    "health_leaflets": 50_000, "school_meetings": 200, "parents_received": 5_000,
    "education_talks": 200, "relief_recipients": 10_000, "services_given": 10_000,
}

_CLEANING = ("litter_spots", "household_waste", "bulky_waste", "vehicle_trips")

# code, domain, label, English, rhythm, weekday, measures offered
ACTIVITY_TYPES = (
    ("volunteer_cleanup", "environment", "清理环境卫生志愿服务活动", "Volunteer clean-up",
     "irregular", None, _CLEANING),
    ("dead_corner_drive", "environment", "小区卫生死角战", "Neglected-corner drive",
     "irregular", None, _CLEANING),
    ("weekend_duty", "environment", "社区全体工作人员周末值日活动", "Weekend duty of all staff",
     "weekly", 6, _CLEANING),
    ("wednesday_cleanup", "environment", "美好社区建设暨周三清洁家园我先行活动",
     "Wednesday clean homes", "weekly", 3, _CLEANING),
    ("street_vendors", "environment", "背街小巷流动商贩清理行动", "Back-street vendor clearance",
     "project", None, ("vehicle_trips",)),
    ("road_repair", "environment", "辖区破损路面改造工程", "Road surface repair",
     "project", None, ("vehicle_trips",)),
    ("inspection", "environment", "督查", "Inspection", "irregular", None, ()),
    ("holiday_patrol", "safety", "联合义警假期不打烊活动", "Holiday patrol with volunteer police",
     "holiday", None, ()),
    ("fraud_prevention", "safety", "防诈骗科普活动", "Fraud prevention",
     "irregular", None, ("leaflets", "consultations")),
    ("double_ninth", "culture", "情牵桑榆·爱满重阳—重阳节主题活动", "Double Ninth Festival",
     "holiday", None, ("performances",)),
    ("tug_of_war", "culture", "庆中秋拔河比赛活动", "Mid-Autumn tug of war",
     "holiday", None, ("performances",)),
    ("festival_show", "culture", "庆中秋迎国庆文艺汇演", "Mid-Autumn and National Day show",
     "holiday", None, ("performances",)),
    ("square_dance", "culture", "广场舞大赛", "Square dance contest",
     "irregular", None, ("performances",)),
    ("tai_chi", "culture", "太极拳展演", "Tai chi display", "irregular", None, ("performances",)),
    ("public_show", "culture", "惠民演出", "Public show", "irregular", None, ("performances",)),
    ("weekly_film", "culture", "每周免费放映电影", "Weekly free film",
     "weekly", None, ("screenings",)),
    ("elderly_check_up", "health", "老年人免费健康查体活动", "Free check-ups for older residents",
     "round", None, ("check_ups",)),
    ("free_clinic", "health", "免费义诊活动", "Free clinic", "irregular", None,
     ("free_clinics", "home_visits", "health_talks", "health_leaflets")),
    ("school_family", "education", "家校通联活动", "School and family contact",
     "irregular", None, ("school_meetings",)),
    ("parents_day", "education", "家长接待日活动", "Parents' reception day",
     "weekly", 3, ("parents_received",)),
    ("cult_warning", "education", "对邪教说不主题警示教育活动", "Warning against cults",
     "irregular", None, ("education_talks",)),
    ("rule_of_law", "education", "法治教育专题宣讲", "Rule-of-law talk",
     "irregular", None, ("education_talks",)),
    ("respect_elders", "assistance", "敬老月活动", "Respect-for-elders month",
     "irregular", None, ("relief_recipients",)),
    ("charity_relief", "assistance", "慈善救助", "Charity relief",
     "irregular", None, ("relief_recipients",)),
    ("allowances", "assistance", "高龄、低保、残疾人补贴的发放", "Allowances paid", "monthly", None,
     ("elderly_recipients", "elderly_amount", "low_income_recipients", "low_income_amount",
      "disabled_recipients", "disabled_amount")),
    ("convenience_services", "assistance", "义诊、义剪、义修便民服务活动",
     "Free check-ups, haircuts and repairs", "irregular", None, ("services_given",)),
)

PARTNER_KINDS = (
    ("dual_registration_unit", "双报到单位", "Dual-registration unit"),
    ("property_management", "物业", "Property management"),
    ("grid_leader", "网格长", "Grid leader"),
    ("grid_worker", "网格员", "Grid worker"),
    ("volunteer", "志愿者", "Volunteers"),
    ("police", "警务单位", "Police"),
    ("volunteer_police", "义警", "Volunteer police"),
    ("school", "学校", "School"),
    ("parents", "家长", "Parents"),
    ("public_health_station", "公共卫生服务管理站", "Public health station"),
)

# code, label, English. The last five weigh survey answers.
POPULATION_GROUPS = (
    ("residents", "常住人口", "Residents"),
    ("households", "户数", "Households"),
    ("aged_60", "60岁及以上", "Aged 60 and over"),
    ("pupils", "中小学生", "Pupils"),
    ("low_income", "低保对象", "Recipients of minimum allowance"),
    ("disabled", "残疾人", "Disabled persons"),
    ("male", "男", "Male"),
    ("female", "女", "Female"),
    ("age_18_34", "18—34岁", "Aged 18–34"),
    ("age_35_59", "35—59岁", "Aged 35–59"),
    ("age_60_plus", "60岁以上（调查用）", "Aged 60+ (for surveys)"),
)

# code, label, English
FEEDBACK_CHANNELS = (
    ("parents_day", "家长接待日", "Parents' reception day"),
    ("doorstep", "上门走访", "Doorstep visit"),
    ("hot_line", "热线", "Hot line"),
    ("counter", "服务窗口", "Service counter"),
    ("grid_worker", "网格员上报", "Reported by a grid worker"),
    ("online", "网上留言", "Online message"),
    ("other_channel", "其他渠道", "Other"),
)

# code, domain, label, English
FEEDBACK_TOPICS = (
    ("waste_collection", "environment", "垃圾清运", "Waste collection"),
    ("clutter", "environment", "乱堆乱放", "Piled-up clutter"),
    ("road_surface", "environment", "路面破损", "Damaged roads"),
    ("street_stalls", "environment", "流动摊贩", "Street vendors"),
    ("other_environment", "environment", "其他居住环境问题", "Other: living environment"),
    ("fraud", "safety", "电信网络诈骗", "Telephone and online fraud"),
    ("noise", "safety", "噪声扰民", "Noise"),
    ("parking", "safety", "车辆停放", "Parking"),
    ("other_safety", "safety", "其他社会治安问题", "Other: public safety"),
    ("venues", "culture", "活动场地和设施", "Venues and equipment"),
    ("events", "culture", "文体活动安排", "Culture and sport programme"),
    ("other_culture", "culture", "其他文体生活问题", "Other: culture and sport"),
    ("clinics", "health", "就医和义诊", "Medical care and free clinics"),
    ("check_ups", "health", "老年人健康查体", "Check-ups of older residents"),
    ("other_health", "health", "其他基本医疗问题", "Other: basic healthcare"),
    ("school_traffic", "education", "上下学交通拥堵", "Traffic jams at school hours"),
    ("school_meals", "education", "家长工作日学生就餐", "Pupils' meals on parents' working days"),
    ("homework", "education", "作业负担过重", "Too much homework"),
    ("punishment", "education", "体罚和变相体罚", "Corporal and disguised punishment"),
    ("bullying", "education", "校园欺凌", "School bullying"),
    ("other_education", "education", "其他基础教育问题", "Other: basic education"),
    ("allowances", "assistance", "补贴发放", "Allowances"),
    ("relief", "assistance", "困难救助", "Relief in hardship"),
    ("other_assistance", "assistance", "其他社会帮扶问题", "Other: social assistance"),
)
