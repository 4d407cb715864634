namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>
/// The words of questions that do not come from the catalogue or the shop. One line per sense: kind, value, phrases.
/// A phrase is matched by stems, so plurals need no entry of their own; contractions are already written out.
/// </summary>
internal static class LexiconWords
{
    public const string Lines = """
        Sales | | sale
        Refunds | | refund, return, returning, refunded, returned, give back, gave back, given back, brought back, sent back
        Verb | revenue | make, made, making, earn, earned, took, taken, take, take in, took in, bring in, brought in, brings in, generate, generated, generates, bring, brought, rake in, net, netted, spent, spend, spends, cash in, turn over, turned over, turns over, ring through, contribute, contributed
        Verb | units_sold | shift, shifted, moved, buy, bought, purchased
        Verb | transactions | serve, served, ring up, rang up, rung up, rung through, paid, pay
        Verb | discount_amount | discounted, marked down, knocked off, take off
        Sell | | sell, sold, selling

        Comparator | gt | more than, over, above, greater than, exceeding, exceed, exceeded, higher than, larger than, bigger than, in excess of, upwards of, beyond, better than, more often than, not less than or equal to, was over, were over, topped
        Comparator | gte | at least, no less than, not less than, no fewer than, not fewer than, minimum of, a minimum of, or higher than
        Comparator | lt | less than, fewer than, under, below, lower than, smaller than, beneath, worse than, was under, were under, short of
        Comparator | lte | at most, no more than, not more than, maximum of, a maximum of, no higher than, up to
        Comparator | eq | exactly, equal to, precisely, equal

        Rank | top | top, highest, most, biggest, largest, greatest, leading, maximum, max, top performing, most of all, heaviest, longest, number one, the most, top ranked, top ranking, richest, first
        Rank | bottom | bottom, lowest, fewest, least, smallest, minimum, min, the least, the fewest, bottom performing, shortest
        Rank | best | best, strongest, best performing, best of all, healthiest, star
        Rank | worst | worst, weakest, poorest, worst performing, underperforming, poorest performing, poor performing, weakest performing
        RankBy | units_sold:desc | best selling, top selling, best seller, top seller, bestseller, bestselling, most popular, most sold, fastest selling, most bought, most purchased, fast mover, fast moving, fastest moving, hot seller, biggest seller, sell best, sells best, sold best, sell most, sells most, most demanded, in demand, popular, biggest selling, fastest seller, fast seller, quickest seller, fastest mover, strongest seller, highest selling, sells fastest, flying off the shelf, flying off the shelves, fly off the shelves, hot right now, what is selling, what has sold, selling like hot cakes
        RankBy | units_sold:asc | worst selling, slowest selling, least popular, slow mover, slow moving, slowest moving, slowest mover, least sold, poor seller, worst seller, slow seller, slow selling, slowest seller, weakest seller, poorest seller, least bought, sell worst, sells worst, sell least, sells least, lowest selling, least selling
        RankBy | transactions:desc | busiest, busy, peak, rush, most busy, most frequent, busier, most transactions of all, most used, used most, used the most, most commonly used, most common, used most often, most often used
        RankBy | transactions:asc | quietest, least busy, quiet, slowest, slow, calmest, deadest, least used, used least, used the least, least common, used least often
        RankBy | gross_profit:desc | most profitable, most lucrative
        RankBy | gross_profit:asc | least profitable
        RankBy | avg_selling_price:desc | most expensive, priciest, dearest
        RankBy | avg_selling_price:asc | cheapest, least expensive
        RankBy | revenue:desc | most valuable, highest earning, highest grossing, top grossing, top spending, biggest spending, biggest spender, top spender, highest spending, most loyal, biggest earner, top earning, top earner, top performer, best performer, star performer
        RankBy | revenue:asc | least valuable, lowest earning, worst performer, bottom performer, poor performer, underperformer, weakest performer
        RankBy | refund_count:desc | most returned, most refunded, most often returned, returned most, refunded most, returned most often, refunded most often
        RankBy | discount_amount:desc | most discounted, most heavily discounted
        RankBy | growth:desc | fastest growing, growing fastest, growing the fastest, grew fastest, grew the fastest, grown fastest, most improved, biggest riser, biggest gainer, biggest climber, biggest winner
        RankBy | growth:asc | fastest declining, fastest falling, declining fastest, falling fastest, shrinking fastest, biggest faller, biggest loser, slowest growing, fastest shrinking, growing slowest, growing the slowest, grew slowest, grew the slowest, growing least, grew least, grew the least

        Quantity | count | how many, number of, total number of, count of, the number of, no of, how often, count
        Quantity | much | how much, how much money
        Quantity | amount | value of, worth, total value of, worth of, amount of, what value, what amount, total value, the value of, how much worth, value, amount, in money, in pounds, in euros, in dollars, in cash terms, in money terms, cost us, tied up in, tied up, tie up, ties up, tying up, sits in, sit in, sitting in, locked up in, invested in
        Quantity | average | average, avg, mean, typical, on average, typically, averaged
        Quantity | rate | rate, rate of, percentage, percent, ratio, ratio of, what rate
        Quantity | share | as a percentage, as percentages, as a percent, in percent, in percentages, as a share, as shares, share, share of, percentage of, percent of, proportion, proportion of, fraction of, fraction, what percentage of, what percent of, what share of, portion of, part of, contribution, contribution of, contribution to, the mix of, mix, mix of, split of, how much of our, how much of the, how much of, what part of, what proportion of, percentage share, the split between
        By | by | by, break down, broken down, breaking down, split out, splitting, break that down by, break it down by, break this down by, break them down by, split that by, split it by, split this by, break those down by, split by, broken down by, break down by, grouped by, group by, breakdown by, breakdown of, across, among, according to, sorted by, ranked by, ordered by, order by, rank by, sort by, split between, per, split across, separated by, split into, split out by, as in by, divided by, in terms of, rank, ranking, ranking of, ranking by, league table, league table of
        By | each | each, every, for each, in each, at each, for every, in every, at every, within each, of each, from each, by each, per each, per individual, per single, across each
        Grain | hour | hourly, by hour, per hour, hour by hour, each hour, by the hour, every hour
        Grain | day | daily, by day, per day, day by day, each day, by date, every day, per date, day to day, for each day, on each day, by the day, on a daily basis
        Grain | week | weekly, by week, per week, week by week, each week, every week, by the week, for each week, on a weekly basis
        Grain | month | monthly, by month, per month, month by month, each month, every month, for each month, on a monthly basis
        Grain | quarter | quarterly, by quarter, per quarter, quarter by quarter, each quarter, every quarter, for each quarter
        Grain | year | yearly, annual, annually, by year, per year, year by year, each year, every year, for each year
        Trend | | trend, over time, trending, trended, time series, timeline, history of, historical, evolution, evolve, evolved, develop, developed, development, progress, progressed, progression, trend line, trendline, curve
        Dimension | date:day | day, date, which date, trading day
        Dimension | date:week | week
        Dimension | date:month | month
        Dimension | date:quarter | quarter
        Dimension | date:year | year
        Dimension | day_of_week | day of the week, day of week, days of the week, by weekday, per weekday, each weekday, each day of the week, which weekday, week day
        Dimension | hour | hour, time of day, time of the day, hour of the day, hour of day, what time, which time, peak time, trading hour

        Versus | | v, beat, beats, outsell, outsold, outperform, outperformed, ahead of, behind, compare that with, compare that to, compare it with, compare it to, compare this with, compare this to, compare them with, compare them to, vs, versus, compared to, compared with, compare to, compare with, against, than, relative to, in comparison to, in comparison with, next to, as opposed to, comparing to, stack up against, measured against, up on, down on, stacked against, did against, stack up to
        Compare | | compare, comparison, comparing, difference between, differ, gap, gap between, difference in, compared, difference
        CompareWith | year | same period last year, same time last year, same period a year ago, same period of last year, this time last year, a year ago, a year earlier, one year ago, one year earlier, the year before, year on year, year over year, yoy, y o y, prior year, same month last year, same week last year, same quarter last year, same day last year, same days last year, same period the year before, same dates last year, same period in the previous year, previous year, corresponding period last year, same month a year ago, same week a year ago, same quarter a year ago, same month the year before, same quarter the year before, same month of last year, same period the previous year, the equivalent period last year, same week the year before, on last year, last year same period, annual growth, same stretch last year, this point last year
        CompareWith | previous | the month before, the week before, the day before, the quarter before, the period before, the year before that, previous period, prior period, preceding period, the one before, the one before that, preceding week, preceding month, preceding day, preceding quarter, the week prior, the month prior, the day prior, same period last month, same period last week, same period last quarter, period over period, prior week, prior month, month earlier, week earlier, day earlier, a week earlier, a month earlier, a day earlier, the week before that, the month before that, the day before that, quarter before that, same point last month, same point last week, period on period, same time last month, same time last week, weekend before, the weekend before, same period of the previous month, same period of last month, the days before, the preceding days
        CompareWith | next | the week after, the month after, the day after, the quarter after, the year after, the following week, the following month, the following day, the one after, the period after, the week after that, the month after that, the one after that
        CompareWith | previous:day | day on day, day over day, dod
        CompareWith | previous:week | week on week, week over week, wow
        CompareWith | previous:month | month on month, month over month, mom
        CompareWith | previous:quarter | quarter on quarter, quarter over quarter, qoq
        CompareWith | week | same day last week, same weekday last week, same day the week before, same day a week ago, same day of last week, same day the previous week
        Growth | up | grew, grow, grown, growing, increase, increased, increasing, rise, rose, risen, rising, improve, improved, improving, gained, gain, climb, climbed, up, gone up, went up, going up, go up, getting better
        Growth | down | fall, fell, fallen, falling, drop, dropped, dropping, decline, declined, declining, decrease, decreased, decreasing, shrink, shrank, shrunk, shrinking, down, gone down, went down, going down, go down, losing, slipped, slip, lost, dip, dipped, plummeted, slump, slumped, slumping, getting worse
        Growth | any | growth, change, changed, growth rate, percentage change, percent change, percentage growth, growth percentage, rate of growth, moved in percent, delta, rate of change

        Exclude | | except, excluding, exclude, without, other than, apart from, besides, leaving out, ignoring, ignore, omit, omitting, not including, except for, with the exception of, everything but, all but, not counting, aside from, minus, excl, ex, not from, not at, not in, outside of, outside, non, but not, leave out, bar, not paid by, not paid with, not for, not by
        Not | | not, no, never, zero, nothing, none
        Idiom | out_of_stock | out of stock, sold out, stocked out, no stock, zero stock, out of, no stock left, have run out, has run out, ran out, run dry, no longer in stock, unavailable, stock at zero, at zero stock, none left, nothing left, stockout, no inventory, empty shelf, fully sold out, have run out of, has run out of, have we run out of, have we run out, did we run out of, did we run out, we ran out of, are we out of, do not have any left, zero inventory
        Idiom | in_stock | in stock, on the shelf, in the shop right now
        Idiom | low_stock | low stock, low on stock, running low, low in stock, nearly out of stock, almost out of stock, low inventory, low on inventory, run low, low stock level, runs low, running low on, low on, almost gone, nearly gone, getting low, low level of stock, nearly sold out, almost sold out, running short, run short, short on stock
        Idiom | run_out | run out, runs out, stock out, sell out, go out of stock, run out of stock, running out, running out of stock, runs out of stock, sells out, be out of stock, out of stock soon, going out of stock, selling out, run out of, running out of, exhaust, be sold out, be gone, at risk of stockout, at risk of running out, stock runs out, goes out of stock, going to run out, hit zero stock
        Idiom | not_sold | not sold, not sold any, no sale, not selling, not sell, unsold, zero sale, never sold, not been sold, without sale, without any sale, without a sale, no sale at all, sold nothing, not sold a single, not moved, not moving, dead stock, dead, zero unit sold, no unit sold, sold zero, not sell any, sold no unit, sold zero unit, not sold a single unit, not sold at all, not sell at all, not shifted, never sell, sell nothing, gathering dust, not sold anything, not a single sale, no recorded sale, not sold even one, not selling at all, not sell a single unit, not sell a single, not bought anything, not bought, not buy, not buy anything, not purchased, not purchased anything, not ordered, not shopped, bought nothing, buy nothing, spent nothing, spend nothing, purchased nothing
        Idiom | overstock | overstocked, overstock, too much stock, excess stock, excess inventory, over stocked, overstocking, too much inventory
        Idiom | negative_stock | negative stock, stock below zero, below zero, negative inventory, negative
        Idiom | left | left, remaining, have left, left over, still have, in the warehouse, got left, do we still have, have we got left, do we hold, in hand, on the shelves
        Idiom | have | do we have, have we got, we have, available, we hold, got
        Idiom | cover | how long, how long will, how soon, when will
        Idiom | reorder_level | reorder point, reorder level, minimum stock, below reorder point, below reorder level, below minimum, under the reorder point, need reordering, below their reorder point, below the reorder point, below minimum stock level

        Recommend | reorder | need ordering, needs ordering, needs to be ordered, need to be ordered, needs replenishing, need replenishing, needs restocking, needs topping up, need topping up, reorder, re order, restock, replenish, replenishing, restocking, reordering, stock up on, stock up, what to order, what to buy, suggested order, suggested purchase, recommended order, purchase list, shopping list, reordered, restocked, replenished, top up, order from supplier
        Recommend | staff | how many staff, how many people should, how many cashiers, staff do i need, staff do we need, how many employees should, people on shift, how many people do we need, how many people do i need, staff should, rota, schedule on shift, how many staff do we need, how many staff do i need, how many cashiers do we need, how many cashiers do i need, roster
        Recommend | markdown | mark down, put on sale, clear out, put on promotion, should be discounted, be marked down, put on clearance, clearance, get rid of
        Should | | should, need to, have to, ought to, must, do i need, do we need, recommend, recommended, recommendation, suggest, suggested, suggestion, advise, advice, need
        Anomaly | | anomaly, anomalous, unusual, unusually, strange, odd, oddity, weird, abnormal, abnormally, outlier, spike, spiked, suspicious, unexpected, irregular, irregularity, out of the ordinary, anything wrong, something wrong, surprising, out of line, looks off, look off, looked off, abnormality, anything odd, anything strange, anything unusual, sudden, surprise, out of pattern, normal, not normal, stood out, stands out, stand out, went wrong, looked wrong, looks wrong, look wrong, alert, warning
        Forecast | | forecast, predict, prediction, projection, project, projected, predicted, expect, expected, estimate, estimated, anticipate, anticipated, outlook, forecasted, forecasting, predicting, likely, prognosis
        Will | | will, going to, gonna, shall, be able to

        Which | | which, what, list, what are, which of our, which of the, show which
        Who | | who, whom
        All | | all, all of, entire, whole, overall, total, in total, altogether, combined, together, all our, chain, company, everywhere, company wide, grand total, all together, anywhere, throughout
        And | | and, but, plus, as well as, along with, together with, but with, with, while, yet
        Or | | or
        Perform | | good, bad, better or worse, worse, doing, perform, performing, performance, performed, fare, fared, going, overview, summary, summarise, summarize, report, status, figure, kpi, result, number, interesting, dashboard, shape, how did we do, situation, snapshot, an update, business doing, how are we, business, trading, standing

        Hours | 5-12 | morning
        Hours | 12-18 | afternoon
        Hours | 18-24 | evening
        Hours | 12-14 | lunchtime, lunch, lunch time, lunch hour

        Follow | same | same, same again, same thing, the same, do the same, repeat that, repeat, again, likewise
        Follow | what | what about, how about, and what about, and how about, what of
        Follow | instead | instead, rather, change it to, change that to, switch to, make it, change to, make that
        Follow | only | only, just, filter to, restrict to, narrow to, limit to, limit it to, only for, narrow it down to, focus on, narrow down to, zoom in on, drill into, drill down to
        Follow | add | also, too, as well, in addition, add
        Follow | drop | remove, drop the filter, clear, undo, remove the filter, without the filter, drop
        Pronoun | | it, they, them, those, these, that, this, their
        Why | | why, reason, reason for, what caused, cause of, how come, explain, what drove, what is behind, what made, what is driving, root cause, driver of, to blame, what lies behind, reason behind
        WhatIf | | what if, what would, what happens if, what would happen, what happens when we, if we, if i, suppose, imagine, simulate, simulation, hypothetically, assuming we, assuming i, scenario, would happen, would be if, how would, would we, would it, impact of raising, effect of raising, were to, break even, breakeven
        OffTopic | | sainsbury, aldi, lidl, asda, waitrose, carrefour, costco, weather, rain, raining, rainy, snow, snowing, sunny, temperature, storm, degree outside, umbrella, joke, poem, song, story, recipe, cook, bake, movie, film, football, soccer, cricket, match score, world cup, president, prime minister, election, capital of, population, bitcoin, crypto, stock market, stock price, share price, shares in, exchange rate, interest rate, inflation, news, headline, meaning of life, translate, translation, python, javascript, source code, code, your name, who are you, how are you, are you human, how old, chatgpt, girlfriend, boyfriend, love, marry, flight, hotel, restaurant, holiday destination, train time, bus, traffic, homework, essay, history of rome, planet, moon, mars, dinosaur, war, sing, dance, horoscope, lottery, competitor, competition, market share, amazon, tesco, walmart, lawyer, lawsuit, legal, doctor, medicine, covid, tax return, tax advice, instagram, twitter, facebook, tiktok, website traffic, google, wikipedia, time is it, what time is it, day is it, date is it
        OffTopic | greeting | hello, hi, good morning, good afternoon, thank, thanks, thank you, birthday
        Private | | developer mode, admin mode, debug mode, god mode, every table, all tables, list tables, show tables, jailbreak, pretend to be, act as, you are now, role play, roleplay, password, pin code, pins, pin, api key, token, secret, credential, credit card number, card number, card detail, bank detail, bank account, phone number, telephone number, phone, email address, e mail address, email, home address, address, addresses, date of birth, salary, salaries, wage, payroll, passport, national insurance number, social security number, raw table, database, schema, sql, personal data, personal detail, contact detail, table structure, connection string, system prompt, prompt, instruction, previous instruction, admin access, iban, medical

        Write | strong | delete, erase, wipe, truncate, insert into, overwrite, rename, deactivate, revoke, purge, destroy, drop table, modify, reprice, unassign, drop all, cheaper
        Write | verb | resend, insert, update, edit, reset, create, cancel, void, approve, reject, assign, unassign, grant, revoke, fire, hire, dismiss, deactivate, activate, disable, enable, reprice, transfer, send, upload, import, install, restart, shut down, write off, adjust, correct, submit, publish, archive, merge, log in, purge, undo sale, destroy, discard, close the store, open the store, close the till, pay out, buy me, register, unregister, enroll, book, schedule
        Stop | | a, an, the, of, in, on, at, for, from, to, is, are, was, were, be, been, being, before, after, do, does, have, has, had, i, we, our, my, me, us, you, your, show, give, tell, get, find, see, display, please, can, could, would, like, want, know, let, much, many, there, here, so, far, as, any, some, s, it is, per, its, if, about, within, during, into, out, off, more, less, fewer, how, when, where, am, may, might, really, actually, what is, what was, what were, what are, what did, what do, what has, what have, how is, how was, how were, how are, how have, how has, how do, how does, give me, show me, tell me, i want, i would like, can you, could you, would you, please show, quick, quickly, hey, ok, okay, well, then, than, through, us all, ones, one, done, period, time, times, range, level, data, detail, details, info, information, number, numbers, stat, stats, statistics, chart, graph, plot, table, view, query, pull, pull up, look, look up, looking, fetch, compute, calculate, work out, bring up, check, provide, present, return me, run, run me, draw, ranked, sort, sorted, order them, ordered, break down, break, down to, come, came, comes, coming, come from, came from, coming from, go, goes, went, happen, happened, happening, each other, between, currently, recently, late, lately, over, across, under, above, given, give away, gave away, given away, give out, gave out, hand out, handed out, issue, issued, apply, applied, used, using, use, via, through the, gave, gets, got, became, become, seen, saw, people, person, someone, everyone, everything, anything, something, kind, type, sort of, bit, lot, lots, again please, exact, exactly how, real, current, sure, even, still, already, ever since, together, by far, percentage wise, wise, terms, line, lines, sized, account for, accounted for, accounts for, attributable, attributed to, make up, made up, makes up, due to, because of, thru, until now, up until now, that have, that has, that had, that are, that were, that was, which have, which has, whose stock, supplied, supplied by, provided by, made by, delivered by, sourced from, bought from, belonging, located, based, paid by, paid with, paid in, paying by, paying with, pay by, pay with, pay in, paid using, payment, payments, made in, taken in, gone, new, different, individual, unique, distinct, single, stores are, us make, open, opened, full, recorded, record, collect, charge, charged, whose, include, included, including, involve, involving, add up, added up, sum up, split up, wrap up, through us, actual, actuals, so much, too many, today is, it was, when did, when was, when were, not yet, better, sorted by name, alphabetically, in alphabetical order, yet to, that did, that do, that does, who has, who have, who did, did, does it, will there, product range, end, group, made from, physical, brick and mortar, customers made, item level, bring me, need to know, want to know, want to see, need to see, like to see, like to know, curious, wonder, wondering, interested in, keen to know, happen to, kindly, urgently, team, boss, meeting, my boss, moment, each time
        """;
}
