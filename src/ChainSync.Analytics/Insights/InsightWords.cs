using System.Globalization;

namespace ChainSync.Analytics.Insights;

/// <summary>
/// The only place where insights become words. Every number is read from the evidence by its name, so a sentence cannot disagree with it.
/// </summary>
internal static class InsightWords
{
    public static (string Title, string Explanation) Of(Finding finding, InsightInput input)
    {
        var e = new Words(finding.Evidence, input);
        var (name, other) = (finding.SubjectName, finding.OtherName);
        return finding.Kind switch
        {
            InsightKind.Reorder => (
                $"Order {e.Units("quantity")} of {name}",
                $"Here and on order: {e.Units("position")}. Until the delivery after next ({e.Days("leadDays")} lead, {e.Days("reviewDays")} review) {e.Units("expectedDemand")} are expected to sell; "
                + $"{e.Units("reorderPoint")} cover {e.Percent("serviceLevel")} of cases. Without an order {e.Units("expectedShortage")} are expected to be missing."),
            InsightKind.StockOut => (
                $"{name} runs out about {e.Date("medianDay")}, before new goods can arrive",
                $"{e.Units("availableInLead")} are available within the {e.Days("leadDays")} an order takes, {e.Units("expectedDemandInLead")} are expected to sell. "
                + $"With {e.Percent("bandLevel")} it happens between {e.Date("earliestDay")} and {(e["latestIsOpen"] > 0 ? "later than " : "")}{e.Date("latestDay")}; {e.Units("expectedShortage")} are expected to be missing."),
            InsightKind.DeadStock => (
                $"{name} has not sold for {e.Days("knownDays")}",
                $"{e.Units("available")} on hand tie up {e.Money("tiedUpMinor")}. In the {e.Days("knownDays")} before, {e.Units("soldBefore")} were sold."),
            InsightKind.SlowStock => (
                $"{name} covers {e.Days("leastCoverDays")} and more",
                $"{e.Units("available")} on hand, {e.Units("sold")} sold in {e.Days("knownDays")}. Even at {e.Units("fastestPerDay")} a day they last {e.Days("leastCoverDays")}; "
                + $"{e.Units("excess")} beyond {e.Days("limitDays")} tie up {e.Money("excessMinor")}."),
            InsightKind.TrendChange => (
                $"Sales of {name} {(finding.State == "up" ? "rose" : "fell")} {e.Change("perWeek", "perWeekWithout")} and stayed there",
                $"Since {e.Date("beganDay")} a week brings {e.Worth("perWeek")} where {e.Worth("perWeekWithout")} were to be expected"
                + (finding.Evidence.Formula == "level-shift" ? " from the 26 weeks before; the season is not known yet." : " from the 26 weeks before and the same weeks of last year.")
                + $" The chance of such a change without a cause is {e.Percent("probability")}."),
            InsightKind.SeasonChange => (
                $"{e.Weekday("weekday")} {(e["shareNow"] > e["shareBefore"] ? "gained" : "lost")} weight in the week of {name}",
                $"It brought {e.Percent("shareBefore")} of a week's sales and now brings {e.Percent("shareNow")}, of {e.Worth("perWeek")} a week. "
                + $"The chance of this without a cause is {e.Percent("probability")}."),
            InsightKind.PromotionEffect => (
                finding.State == "paid" ? $"'{other}' pays for {name}: {e.Money("gainMinor")} more margin" : $"'{other}' costs {name} {e.Money("gainMinor")} of margin",
                $"On {e.Days("days")} it sold {e.Worth("units")} where {e.Worth("unitsWithout")} were to be expected: {e.Percent("lift", signed: true)}, with the error between {e.Percent("liftLow", signed: true)} and {e.Percent("liftHigh", signed: true)}. "
                + $"The margin changed by {e.Money("gainLowMinor", signed: true)} to {e.Money("gainHighMinor", signed: true)}."),
            InsightKind.PriceOutOfLine => (
                $"The price of {name} is out of line: {e.Money("priceMinor")}",
                $"In the year before it was {e.Prices("lowestMinor", "highestMinor")}. It came into force on {e.Date("sinceDay")}; {e.Units("unitsPerDay")} sell a day."),
            InsightKind.PriceBetweenStores => (
                $"{name} costs {e.Money("priceMinor")} here and {e.Money("medianMinor")} elsewhere",
                $"{e.Money("medianMinor")} is the median of {e.Units("stores")} other stores; {e.Units("unitsPerDay")} sell here a day."),
            InsightKind.SoldBelowCost => (
                $"{name} sells below cost",
                $"It costs {e.Money("costMinor")} and sells for {e.Money("priceMinor")}. {e.Units("units")} were sold below cost in four weeks, a loss of {e.Money("lostMinor")}."),
            InsightKind.PriceChangeLoss => (
                $"The new price of {name} cost {e.Money("gainMinor")} of margin",
                $"From {e.Money("oldPriceMinor")} to {e.Money("newPriceMinor")} on {e.Date("changedDay")}. Since then {e.Units("unitsAfter")} were sold; {e.Units("unitsExpected")} were to be expected from the weeks before and from all other products."),
            InsightKind.BasketPair => (
                $"Who buys {name} often buys {other}",
                $"{e.Percent("confidence")} of the {e.Units("withFirst")} baskets with the first hold the second too, {e.Number("lift")} times as many as in all baskets. "
                + $"They were together {e.Units("withBoth")} times, by chance {e.Units("expectedBoth")} times."),
            InsightKind.UnderStaffed => (
                $"{e.People("people")} too few on {name}",
                $"{e.Units("expectedTransactions")} transactions are expected; {e.Units("plannedHours")} person-hours are planned and {e.Units("neededHours")} needed. {e.Units("unserved")} customers would not be served in time."),
            InsightKind.OverStaffed => (
                $"{e.People("people")} more than needed on {name}",
                $"{e.Units("expectedTransactions")} transactions are expected; {e.Units("plannedHours")} person-hours are planned and {e.Units("neededHours")} needed even if it gets busy. That is {e.Money("stakeMinor")} of wages."),
            _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Kind, "No words for this kind."),
        };
    }

    /// <summary>Reads numbers of an evidence and writes them for a person.</summary>
    private sealed class Words(Evidence evidence, InsightInput input)
    {
        private static readonly CultureInfo English = CultureInfo.InvariantCulture;

        public double this[string name] => evidence[name];

        /// <summary>A count: whole when large, one or two digits when small.</summary>
        public string Units(string name) => Round(Math.Abs(this[name])).ToString("#,0.##", English);

        /// <summary>An amount of the series: money where it is one.</summary>
        public string Worth(string name) => this["isMoney"] > 0 ? Money(name) : Units(name);

        public string Number(string name) => this[name].ToString("0.0", English);

        public string Days(string name) => Units(name) is var text && text == "1" ? "1 day" : $"{text} days";

        public string People(string name) => Units(name) is var text && text == "1" ? "1 person" : $"{text} people";

        /// <summary>One price where both are the same, else the range.</summary>
        public string Prices(string lowest, string highest) =>
            Money(lowest) is var low && low == Money(highest) ? low : $"between {low} and {Money(highest)}";

        public string Percent(string name, bool signed = false)
        {
            var percent = 100 * this[name];
            if (!signed && percent is >= 0 and < 0.01)
                return "less than 0.01 %";
            var digits = Math.Abs(percent) < 1 ? "0.##" : Math.Abs(percent) < 100 ? "0.#" : "#,0";
            return percent.ToString(signed ? $"+{digits};−{digits};0" : digits, English) + " %";
        }

        public string Change(string now, string before) =>
            this[before] > 0 ? "by " + (100 * Math.Abs(this[now] / this[before] - 1)).ToString("0", English) + " %" : "from nothing";

        public string Money(string name, bool signed = false)
        {
            var amount = this[name] / Math.Pow(10, input.CurrencyDigits);
            var text = Math.Abs(amount).ToString("#,0" + (input.CurrencyDigits > 0 ? "." + new string('0', input.CurrencyDigits) : ""), English);
            return $"{input.Currency} {(!signed ? "" : amount < 0 ? "−" : "+")}{text}";
        }

        public string Date(string name) => DateOnly.FromDayNumber((int)this[name]).ToString("d MMM yyyy", English);

        public string Weekday(string name) => ((DayOfWeek)(int)this[name]).ToString();

        private static double Round(double value) => value >= 20 ? Math.Round(value) : value >= 1 ? Math.Round(value, 1) : Math.Round(value, 2);
    }
}
