"""Hours as people really wrote them, with what a careful reader takes them to mean.

Strings of three open data sets: a re-entry guide of Philadelphia (its columns Days, Open, Close), the legal aid listings of Illinois, the
food pantries of several states, and the 211 export of Vancouver. A meaning is written as rows "DAYS HH:MM-HH:MM", separated by semicolons;
None where a careful reader cannot be sure of the hours (am or pm missing, no end, contradictions, conditions).
"""

ILLINOIS_OFFICE = "Sunday: Closed Monday: {0}  Tuesday: {0}  Wednesday: {0}  Thursday: {0}  Friday: {0}  Saturday: Closed"
WORKDAYS = "MO,TU,WE,TH,FR"

COLUMNS: tuple[tuple[tuple[str, str, str], str | None], ...] = (
    (("Mon-Fri 7AM - 3PM", "", ""), f"{WORKDAYS} 07:00-15:00"),
    (("2nd, 3rd, 4th Wednesdays, 6-9 PM", "6PM", "9PM"), "2WE,3WE,4WE 18:00-21:00"),
    (("1st Wednesday, 6-9 PM", "6:00 PM", "9:00 PM"), "1WE 18:00-21:00"),
    (("Sunday 5:30PM - 7PM", "5:30 PM", "7:00 PM"), "SU 17:30-19:00"),
    (("Mon - Thurs (6PM-6:45PM) & Sat (11AM-12PM)", "6:00 PM", "6:45 PM"), "MO,TU,WE,TH 18:00-18:45; SA 11:00-12:00"),
    (("Mon-Sat 9:45 AM – 4:30 PM", "9:45AM", "4:30PM"), "MO,TU,WE,TH,FR,SA 09:45-16:30"),
    (("Mon (8:00 AM - 6:00 PM), Wed-Fri (7:30 AM - 5:00 PM)", "7:30 PM", "6:00 PM"), "MO 08:00-18:00; WE,TH,FR 07:30-17:00"),
    (("Tues & Thurs: 9am-4pm, Thurs: 7-8:30pm", "9:00 AM", "8:30 PM"), "TU,TH 09:00-16:00; TH 19:00-20:30"),
    (
        ("Mon, Tues, Thurs, Fri: 12-8pm, Wed: 9-5pm, Sat: 9-1pm", "", ""),
        "MO,TU,TH,FR 12:00-20:00; WE 09:00-17:00; SA 09:00-13:00",
    ),
    (("Tues-Fri 9:30AM - 11AM", "9:30 AM", "11:00 AM"), "TU,WE,TH,FR 09:30-11:00"),
    (("Sat 7AM - 9AM", "7:00 AM", "9:00 AM"), "SA 07:00-09:00"),
    (("Sat: 8AM-10AM", "8:00 AM", "10:00 AM"), "SA 08:00-10:00"),
    (("Thurs: 6PM - 10PM", "6:00 PM", "10:00 PM"), "TH 18:00-22:00"),
    (("Office: Mon-Fri: 9-5pm", "", ""), f"{WORKDAYS} 09:00-17:00"),
    (("Mon-Fri", "8:00 AM", "5:00 PM"), f"{WORKDAYS} 08:00-17:00"),
    (("Mon-Fri", "9:00", "4:30 PM"), f"{WORKDAYS} 09:00-16:30"),
    (("Mon-Fri", "8:30", "4:30 PM"), f"{WORKDAYS} 08:30-16:30"),
    (("Mon", "4:00 PM", "5:00 PM"), "MO 16:00-17:00"),
    (("Tuesday", "12:00 PM", "2:00 PM"), "TU 12:00-14:00"),
    (("Tuesday, Thursday, Saturday", "11:30 AM", "1:00 PM"), "TU,TH,SA 11:30-13:00"),
    (("Sun-Sat", "9:00 AM", "5:00 PM"), "SU,MO,TU,WE,TH,FR,SA 09:00-17:00"),
    (("7 days a week, 24 hours a day", "", ""), "MO,TU,WE,TH,FR,SA,SU 24 h"),
    (("24 hours", "24 hours", ""), "MO,TU,WE,TH,FR,SA,SU 24 h"),
    (("24hours", "", ""), "MO,TU,WE,TH,FR,SA,SU 24 h"),
    (("", "24 hour", ""), "MO,TU,WE,TH,FR,SA,SU 24 h"),
    (
        (
            "Tues-Sat: 10-6pm Recovery & peer support; 1-3pm Snacks Wed, Thurs, Sat: 11-3:45pm Laundry & showers Tues: 12-4pm Mobile nurse",
            "10PM",
            "6PM",
        ),
        None,
    ),
    (
        (
            (
                "Breakfast Tues, Wed, Thurs: 10-11am Lunch Fri, Sat, Sun: 11:30-1pm Dinner Mon, Tues, Wed, Thurs: 4:30-6pm "
                "Clothing, phone usage, resource referral"
            ),
            "",
            "",
        ),
        None,
    ),
    (
        (
            "Mon to Sun, 6:30 AM to 12:00 AM\xa0Open 24 hours for emergencies on a case by case basis.",
            "6:30AM",
            "12:00AM",
        ),
        None,
    ),
    (("Lunch Mon-Fri: Women with children 11am; Single women 12-1:15pm", "", ""), None),
    (("Mon: 6:00PM, Wed: 6:00PM, Fri: 6:00PM, Sat: 5:00PM, Sun: 10:00AM", "6:00PM", ""), None),
    (("Arrive before 6PM Sun-Sat", "6:00PM", ""), None),
    (("Lunch 12PM-1PM, Dinner 4PM", "12:00 PM", ""), None),
    (("Tues & Fri: 12pm Lunch; 12-4pm", "", ""), None),
    (("Sun", "1:30 PM", ""), None),
    (("", "12:00 AM", "11:59PM"), None),
    (("NA", "", ""), None),
)

TEXTS: tuple[tuple[str, str | None], ...] = (
    (ILLINOIS_OFFICE.format("9:00-17:00"), "; ".join(f"{day} 09:00-17:00" for day in WORKDAYS.split(","))),
    (
        ILLINOIS_OFFICE.format("8:30-12:00 , 13:00-17:00"),
        "; ".join(f"{day} 08:30-12:00; {day} 13:00-17:00" for day in WORKDAYS.split(",")),
    ),
    (
        (
            "Sunday: 11:00-20:00  Monday: 9:00-22:00  Tuesday: 9:00-22:00  Wednesday: 9:00-22:00  Thursday: 9:00-22:00  "
            "Friday: 9:00-22:00  Saturday: 9:00-20:00"
        ),
        "SU 11:00-20:00; MO 09:00-22:00; TU 09:00-22:00; WE 09:00-22:00; TH 09:00-22:00; FR 09:00-22:00; SA 09:00-20:00",
    ),
    (
        (
            "Sunday: Closed Monday: 13:00-20:00  Tuesday: 9:00-12:00 , 13:00-17:00  Wednesday: 13:00-20:00  Thursday: Closed "
            "Friday: 13:00-17:00  Saturday: 9:00-13:00"
        ),
        "MO 13:00-20:00; TU 09:00-12:00; TU 13:00-17:00; WE 13:00-20:00; FR 13:00-17:00; SA 09:00-13:00",
    ),
    (
        "Sunday: Closed Monday: Closed Tuesday: 17:00-20:00  Wednesday: Closed Thursday: Closed Friday: Closed Saturday: Closed",
        "TU 17:00-20:00",
    ),
    # Mornings only, on a clock of which nothing shows that it has 24 hours.
    (
        "Sunday: Closed Monday: Closed Tuesday: 9:00-12:00  Wednesday: Closed Thursday: Closed Friday: Closed Saturday: Closed",
        None,
    ),
    # Slips of the pen on a 24-hour clock: 10 to 4 in the morning, 9 in the evening to 8 the next evening, half past midnight.
    (ILLINOIS_OFFICE.format("10:00-4:00"), None),
    (
        (
            "Sunday: Closed Monday: 8:30-16:30  Tuesday: 8:30-16:30  Wednesday: 8:30-16:30  Thursday: 8:30-16:30  Friday: 8:30-4:30  "
            "Saturday: Closed"
        ),
        None,
    ),
    (
        (
            "Sunday: Closed Monday: 9:00-20:00  Tuesday: 9:00-20:00  Wednesday: 9:00-20:00  Thursday: 21:00-20:00  "
            "Friday: 9:00-18:00  Saturday: 9:00-17:00"
        ),
        None,
    ),
    (
        (
            "Sunday: Closed Monday: 12:30-20:00  Tuesday: 8:30-17:00  Wednesday: 8:30-20:00  Thursday: Closed Friday: 0:30-17:00  "
            "Saturday: 8:30-17:00"
        ),
        None,
    ),
    (
        (
            "Sunday: Closed Monday: 8:30-12:00 , 13:00-17:00  Tuesday: 8:30-12:00  Wednesday: 8:30-12:00  "
            "Thursday: 8:30-12:00 , 1:00-17:00  Friday: 8:30-12:00 , 13:00-17:00  Saturday: Closed"
        ),
        None,
    ),
    (
        (
            "Sunday: Closed Monday: 9:00-19:00 , 9:00-18:00  Tuesday: 9:00-19:00 , 9:00-18:00  Wednesday: 9:00-19:00 , 9:00-18:00  "
            "Thursday: 9:00-19:00 , 9:00-6:00  Friday: 9:00-18:00 , 9:00-18:00  Saturday: 9:00-13:00"
        ),
        None,
    ),
    ("Hours are 9 am to 4:30 pm Monday to Friday", f"{WORKDAYS} 09:00-16:30"),
    (
        "Hours are from 8:30 am to 12 noon and 1:30 pm to 4:30 pm Monday to Friday",
        f"{WORKDAYS} 08:30-12:00; {WORKDAYS} 13:30-16:30",
    ),
    (
        "Hours are 9 am to 11:30 am Mondays, 9 am to 12 noon Tuesdays, and 4 pm to 7 pm Thursdays",
        "MO 09:00-11:30; TU 09:00-12:00; TH 16:00-19:00",
    ),
    (
        "Hours are 9 am to 5:30 pm Mondays, 9 am to 6 pm Tuesdays and Wednesdays, and 9 am to 5 pm Thursdays and Fridays",
        "MO 09:00-17:30; TU,WE 09:00-18:00; TH,FR 09:00-17:00",
    ),
    (
        "Program hours are 8:30 am to 5 pm Mondays, Wednesdays, Thursdays, and Fridays; and 8:30 am to 7:30 pm Tuesdays",
        "MO,WE,TH,FR 08:30-17:00; TU 08:30-19:30",
    ),
    ("Hours are 11 am to 10 pm daily", "MO,TU,WE,TH,FR,SA,SU 11:00-22:00"),
    ("Open 8:15 am to 4:15 pm seven days a week", "MO,TU,WE,TH,FR,SA,SU 08:15-16:15"),
    (
        "Office hours 9 am to 9 pm Monday to Thursday, 9:30 am to 5:30 pm Fridays, and 10 am to 4 pm Saturdays",
        "MO,TU,WE,TH 09:00-21:00; FR 09:30-17:30; SA 10:00-16:00",
    ),
    (
        "Office hours are 8:30 am to 4:30 pm Monday to Friday from September to June, and 8 am to 3:30 pm July and August",
        None,
    ),
    ("Office hours are 9 am to 4:30 pm Monday to Friday; program hours vary", None),
    ("Hours are 1 pm to 4 pm Tuesdays (drop-in or appointment); clinic is closed July through August", None),
    (
        "Drop-in hours are 9 am to 1 pm Monday to Friday, with appointments from 1 pm to 4:30 pm Monday to Friday",
        None,
    ),
    ("Walk-in intake hours are 9 am to 3 pm on Thursdays; no appointment required", "TH 09:00-15:00"),
    ("Swims are 7:30 am to 8:30 am Saturdays", "SA 07:30-08:30"),
    ("Office hours are 9 am to 5 pm ET", None),
    ("1st Monday 6-7pm and 3rd Saturday 10-12pm", "1MO 18:00-19:00; 3SA 10:00-12:00"),
    ("2nd and Last Sunday from 4-6pm", "2SU,-1SU 16:00-18:00"),
    ("2nd and 4th Tuesday from 11am-12pm", "2TU,4TU 11:00-12:00"),
    ("Last Saturday from 10 AM to 12 PM", "-1SA 10:00-12:00"),
    ("4th Thursday of the month from 10:30 AM to 12 PM.", "4TH 10:30-12:00"),
    ("Regular Hours - Monday and Wednesday from 9-11am and 3-5pm", "MO,WE 09:00-11:00; MO,WE 15:00-17:00"),
    ("Regular Hours - Mondays, Tuesdays, Wednesdays, and Fridays from 11:30-1pm", "MO,TU,WE,FR 11:30-13:00"),
    ("Regular Hours - Monday thru Friday from 9-12pm", f"{WORKDAYS} 09:00-12:00"),
    ("Open Wednesdays and Fridays 1-3pm, Mondays 4-6pm", "WE,FR 13:00-15:00; MO 16:00-18:00"),
    (
        "Tuesday and Thursday from 9:30 AM to 12:30 PM and Wednesday from 3 PM to 7 PM",
        "TU,TH 09:30-12:30; WE 15:00-19:00",
    ),
    ("Saturday pickup from 8 AM until 11 AM.", "SA 08:00-11:00"),
    (
        "Pantry is open every 2nd and 4th Saturday of the month from 2:00 – 4:30 p.m.",
        "2SA,4SA 14:00-16:30",
    ),
    (
        "Regular pantry hours on Mondays and Thursdays from 6:00 PM to 7:30 PM. Closed on holidays.",
        "MO,TH 18:00-19:30",
    ),
    ("Last three Sundays from 1-2pm", None),
    ("2nd to the last Saturday from 10 AM to 12 PM", None),
    ("3rd and 4th Saturdays starting at 1pm", None),
    ("Sept-April: 3rd Sat 9am-10:30am; May-Aug: 3rd Thurs 6pm-7:30pm", None),
    ("Hot Meal served from September thru May every Monday from 4-5:30pm", None),
    ("Bi-weekly distribution on Tuesdays from 5:30 PM to 7 PM.", None),
    ("Pantry is closed between 12p-1p.", None),
    ("Open until 5:30 PM or until the food runs out", None),
    ("By appointment only, call 440-233-1086", None),
    ("Thursday-Saturday by appointment", None),
    ("Produce Market on August 22, 2025 from 4 PM to 6 PM", None),
    ("Mobile Market on September 3rd, 2025 from 11 AM to 1 PM.", None),
    ("Regular Hours - 1st Thursday from 5-7", None),
    ("9 AM - 11 AM", None),
    # Surely meant as noon.
    ("Provides food pantry services on Thursdays from 12:00 AM to 03:00 PM.", None),
    (
        "Provides food assistance on Mondays, Tuesdays, Wednesdays, Thursdays, and Fridays from 04:30 AM to 07:00 AM.",
        f"{WORKDAYS} 04:30-07:00",
    ),
    ("Provides community meals every weekday from 11 AM to 12:30 PM.", f"{WORKDAYS} 11:00-12:30"),
    ("Pantry hours are 10 AM to 2 PM. Closed Fridays between Memorial Day and Labor Day.", None),
    ("Closed the 1st Tuesday of the month for Direct Distribution.", None),
    (
        "Repeats every month on the third Tuesday 100 times. Tuesday, January 15, 2019 - 5:00pm to 7:00pm",
        "3TU from 2019-01-15 x100 17:00-19:00",
    ),
    (
        "Repeats every month on the first Thursday 24 times. Thursday, August 4, 2016 - 6:00pm to 7:00pm",
        "1TH from 2016-08-04 x24 18:00-19:00",
    ),
    (
        "Repeats every 2 weeks every Tuesday 48 times except Tue Dec 13 2016, Tue Dec 12 2017. Tuesday, July 26, 2016 - 5:00pm to 7:00pm",
        "TU every 2 from 2016-07-26 x48 17:00-19:00; 2016-12-13 closed; 2017-12-12 closed",
    ),
    ("Saturday, July 23, 2016 - 4:00pm to 6:00pm", "2016-07-23 16:00-18:00"),
    ("Repeats every month. Friday, December 9, 2016 - 10:00am to 5:00pm", None),
    ("Repeats every month 24 times. Thursday, August 18, 2016 - 4:30pm to 6:00pm", None),
    (
        "Repeats every month on the third Friday 24 times. Thursday, June 16, 2016 - 10:00pm to Friday, June 17, 2016 - 12:00am",
        None,
    ),
    ("Saturday, August 13, 2016 - 10:00am to Saturday, July 9, 2016 - 1:00pm", None),
    (
        (
            "Repeats every month on January, March, May, July, September, November on the second Saturday 12 times. "
            "Saturday, July 9, 2016 - 12:00pm to 1:00pm"
        ),
        None,
    ),
)

WRITTEN_BY_HAND: tuple[tuple[str, str | None], ...] = (
    ("lundi au vendredi 9 h à 17 h", f"{WORKDAYS} 09:00-17:00"),
    ("Du lundi au vendredi, de 8h30 à 12h et de 13h à 16h30", f"{WORKDAYS} 08:30-12:00; {WORKDAYS} 13:00-16:30"),
    ("sam. 10h-12h", "SA 10:00-12:00"),
    ("Lun, mar et jeu : 9 h 30 à 16 h; fermé les jours fériés", "MO,TU,TH 09:30-16:00"),
    ("24 heures sur 24, 7 jours sur 7", "MO,TU,WE,TH,FR,SA,SU 24 h"),
    ("premier samedi du mois, 10 h à midi", "1SA 10:00-12:00"),
    ("tous les jours de 18 h à minuit", "MO,TU,WE,TH,FR,SA,SU 18:00-00:00"),
    ("sur rendez-vous", None),
    ("lunes a viernes de 9:00 a.m. a 5:00 p.m.", f"{WORKDAYS} 09:00-17:00"),
    ("sábados de 10:00 a 14:00", "SA 10:00-14:00"),
    ("primer martes del mes, 9am a mediodía", "1TU 09:00-12:00"),
    ("12 midnight to 6am daily", "MO,TU,WE,TH,FR,SA,SU 00:00-06:00"),
    ("24/7", "MO,TU,WE,TH,FR,SA,SU 24 h"),
    ("Open 24 hours", "MO,TU,WE,TH,FR,SA,SU 24 h"),
    ("M-F 9am-5pm, closed weekends", f"{WORKDAYS} 09:00-17:00"),
    ("Weekdays 9am to noon", f"{WORKDAYS} 09:00-12:00"),
    ("Fri & Sat 10pm-6am", "FR,SA 22:00-06:00"),
    ("Daily 8pm to 8am", "MO,TU,WE,TH,FR,SA,SU 20:00-08:00"),
    ("Mon-Fri 9-5", None),
    ("Mon-Fri 8-9pm", None),
    ("9h-5h lundi", None),
    ("Mon-Fri 9am-5pm, closed Wed", None),
    ("1st and 15th of the month, 9am-12pm", None),
    ("every second Tuesday 1pm-3pm", None),
    ("Monday 9am-5pm in summer", None),
    ("Mon-Fri 9am-5pm ages 5-12", None),
    ("mar 5 9am-11am", None),
)
