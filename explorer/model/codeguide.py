"""What each PLOVER type and mode means, in one line and one example of our own: what the event form shows a coder.

The meanings follow the PLOVER 2.0 manual; words and examples are ours (model.md §3).
"""

from __future__ import annotations

#: type -> (what it is, an example)
TYPE_GUIDE = {
    "AGREE": (
        "Agrees to do something with or for another: accepts a plan, signs, promises.",
        "The two ministers signed a border accord.",
    ),
    "CONSULT": (
        "Meets, phones or visits another to talk, with no result yet.",
        "The envoy met rebel leaders in the capital.",
    ),
    "SUPPORT": (
        "Backs another in words, praises, or opens and raises ties.",
        "The king praised the new cabinet.",
    ),
    "CONCEDE": (
        "Gives way to a demand: lifts a curfew, eases a rule, accepts blame.",
        "The council lifted the ban on marches.",
    ),
    "COOPERATE": (
        "Works together in deed: trade, joint patrols, shared intelligence.",
        "Both navies held a joint exercise.",
    ),
    "AID": (
        "Gives money, goods, shelter, troops or arms to help another.",
        "The neighbour sent forty trucks of flour.",
    ),
    "RETREAT": (
        "Steps back in deed: withdraws, disarms, frees people, ends a siege.",
        "The brigade left the town after a truce.",
    ),
    "REQUEST": (
        "Asks, demands or orders another to act or to change.",
        "The mayor called on the army to open the road.",
    ),
    "ACCUSE": (
        "Blames, disapproves, complains or investigates.",
        "The ministry blamed smugglers for the fire.",
    ),
    "REJECT": (
        "Refuses an offer, a demand or a meeting; votes it down, vetoes.",
        "The party turned the peace offer down.",
    ),
    "THREATEN": (
        "Announces harm or a penalty that has not come yet.",
        "The general warned that he would shell the port.",
    ),
    "PROTEST": (
        "Shows dissent in public: marches, strikes, boycotts, blocks, riots.",
        "Students marched on the ministry.",
    ),
    "SANCTION": (
        "Cuts ties or help, expels, fines or convicts.",
        "The bloc froze the accounts of the bank.",
    ),
    "MOBILIZE": (
        "Moves, deploys or calls up forces, without attacking yet.",
        "Three battalions took up posts on the border.",
    ),
    "COERCE": (
        "Forces, short of attack: arrests, seizes, bans, deports, hacks, holds back.",
        "Police closed the newspaper and took its presses.",
    ),
    "ASSAULT": (
        "Uses violence against people or things: strikes, kills, wounds, abducts, destroys.",
        "Gunmen attacked a convoy near the bridge.",
    ),
}

#: TYPE/mode -> (what it is, an example)
MODE_GUIDE = {
    "CONSULT/multilateral": ("Three parties or more talk.", "Six countries met in Geneva."),
    "CONSULT/phone": ("They talk by telephone or video.", "The presidents spoke by phone on Monday."),
    "CONSULT/third-party": ("Somebody stands between the parties.", "Norway mediated between the two sides."),
    "CONSULT/visit": ("One party travels to the other.", "The minister flew to Baku."),
    "RETREAT/access": ("Lets others in.", "Guards let inspectors into the plant."),
    "RETREAT/ceasefire": ("Stops fighting by a truce.", "The guns fell silent at noon, as agreed."),
    "RETREAT/disarm": ("Gives up arms.", "The militia handed in its rifles."),
    "RETREAT/release": ("Frees people or gives things back.", "Rebels freed twelve prisoners."),
    "RETREAT/resign": ("Leaves an office.", "The governor stepped down."),
    "RETREAT/withdraw": ("Takes forces back.", "The army pulled out of the valley."),
    "REQUEST/assist": ("Asks for help.", "The town asked for doctors."),
    "REQUEST/change": ("Asks for another policy or rule.", "Unions demanded a new wage law."),
    "REQUEST/meet": ("Asks for talks.", "The opposition asked to be heard."),
    "REQUEST/yield": ("Asks the other to give way.", "The court ordered the squatters out."),
    "ACCUSE/allege": ("Says that another did wrong.", "The mission said soldiers had looted the clinic."),
    "ACCUSE/disapprove": ("Criticises or condemns.", "The council condemned the vote."),
    "ACCUSE/investigate": ("Looks into what another did.", "A judge opened a case on the contracts."),
    "REJECT/assist": ("Refuses to help.", "The neighbour sent no troops, though asked."),
    "REJECT/change": ("Refuses another policy or rule.", "The cabinet would not amend the law."),
    "REJECT/meet": ("Refuses to talk.", "The rebels stayed away from the talks."),
    "REJECT/yield": ("Refuses to give way.", "The garrison would not surrender."),
    "THREATEN/arrest": ("Warns of arrests.", "Police said they would detain all marchers."),
    "THREATEN/expel": ("Warns of driving people out.", "The ministry threatened to expel the envoy."),
    "THREATEN/relations": ("Warns of cutting ties or help.", "The state threatened to recall its envoy."),
    "THREATEN/restrict": ("Warns of bans or limits.", "The regulator threatened to block the site."),
    "THREATEN/territory": ("Warns of taking or closing land.", "The army said it would take the pass."),
    "THREATEN/violence": ("Warns of force.", "The group vowed to strike again."),
    "PROTEST/boycott": ("Stays away as a protest.", "Shops kept the foreign brand off their shelves."),
    "PROTEST/demo": ("Marches or gathers, peacefully.", "Thousands gathered in the square."),
    "PROTEST/hunger": ("Refuses food.", "Nine prisoners refused their meals."),
    "PROTEST/obstruct": ("Blocks roads or buildings.", "Farmers blocked the border with tractors."),
    "PROTEST/riot": ("Turns violent in a crowd.", "A crowd burned cars outside the court."),
    "PROTEST/strike": ("Stops work.", "Miners stopped work for a week."),
    "SANCTION/convict": ("Sentences somebody.", "A court jailed the editor for two years."),
    "SANCTION/discontinue": ("Ends help, trade or ties.", "The donor stopped its payments."),
    "SANCTION/expel": ("Sends somebody away.", "The club excluded the federation."),
    "SANCTION/withdraw": ("Leaves a body or a mission.", "The country left the pact."),
    "MOBILIZE/militia": ("Irregular fighters move.", "Tribal fighters took up posts in the hills."),
    "MOBILIZE/police": ("Police move.", "Riot police lined the avenue."),
    "MOBILIZE/troops": ("Soldiers move or are called up.", "The reserve was called up."),
    "MOBILIZE/weapons": ("Weapons are moved or made ready.", "Missile launchers were driven to the coast."),
    "COERCE/arrest": ("Takes people into custody.", "Agents detained the lawyer at home."),
    "COERCE/censor": ("Stops words or pictures.", "The channel was taken off the air."),
    "COERCE/curfew": ("Keeps people indoors.", "Nobody may go out after eight."),
    "COERCE/cyber": ("Attacks computers.", "Hackers shut the power grid's servers down."),
    "COERCE/deport": ("Forces people out of the country.", "The families were put on a plane."),
    "COERCE/martial-law": ("Puts soldiers in charge of civil life.", "The province came under military rule."),
    "COERCE/misinformation": ("Spreads falsehoods on purpose.", "Fake notices told voters a wrong day."),
    "COERCE/restrict": ("Bans or limits what people may do.", "The law bars them from public schools."),
    "COERCE/seize": ("Takes land, a building or goods.", "Fighters took the airfield."),
    "COERCE/withhold": ("Holds back what others need.", "The dam cut the water to the town."),
    "ASSAULT/abduct": ("Carries people off.", "Four aid workers were kidnapped."),
    "ASSAULT/aerial": ("Strikes from the air.", "Jets bombed a depot."),
    "ASSAULT/beat": ("Hurts with hands or feet.", "Guards beat the detainees."),
    "ASSAULT/crowd-control": ("Gas, water or batons against a crowd.", "Officers fired tear gas into the march."),
    "ASSAULT/destroy": ("Ruins things, not people.", "The mob tore the statue down."),
    "ASSAULT/drone": ("Strikes with an unmanned aircraft.", "A drone hit the fuel tank."),
    "ASSAULT/explosives": ("Bombs and mines on the ground.", "A bomb went off under the bus."),
    "ASSAULT/firearms": ("Shoots with small arms.", "A sniper shot two guards."),
    "ASSAULT/heavy-weapons": ("Artillery, rockets, tanks.", "Shells fell on the market."),
    "ASSAULT/primitive": ("Knives, clubs, stones.", "He stabbed the councillor."),
    "ASSAULT/sexual": ("Rape and other sexual violence.", "Survivors told of rape in the camp."),
    "ASSAULT/suicide-attack": ("The attacker means to die.", "A man blew himself up at the gate."),
    "ASSAULT/targeted": ("Kills a chosen person.", "The commander was assassinated at home."),
    "ASSAULT/torture": ("Torments people who are held.", "Prisoners were burned in cells."),
    "ASSAULT/unconventional": ("Chemical, biological, nuclear.", "Sarin was used on the suburb."),
}  # fmt: skip


def guide(event_type: str | None, mode: str | None = None) -> tuple[str, str]:
    """Return what a type, or a mode of it, means and an example; two empty strings for one that the guide lacks."""
    if event_type is None:
        return "", ""
    return MODE_GUIDE.get(f"{event_type}/{mode}") or TYPE_GUIDE.get(event_type, ("", ""))
