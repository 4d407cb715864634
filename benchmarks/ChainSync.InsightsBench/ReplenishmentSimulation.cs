using ChainSync.Analytics.Series;

namespace ChainSync.InsightsBench;

/// <summary>
/// A year of ordering, day by day, on demand the rule has not seen: goods arrive in the morning, once a review one may order, then demand
/// comes; what is missing is lost, and the shop sees of such a day only that it ran out.
/// </summary>
internal sealed class ReplenishmentSimulation(IReadOnlyList<TimeSeries> items, int firstDay, int leadDays, int reviewDays)
{
    private int Days => items[0].Count;

    /// <summary>Follows a rule.</summary>
    public ServiceResult Follow(string name, StockRule rule)
    {
        var shelves = items.Select(s => new Shelf([.. s.Values])).ToList();
        var tally = new Tally();
        for (var day = firstDay; day < Days; day++)
            for (var item = 0; item < shelves.Count; item++)
            {
                var shelf = shelves[item];
                var wanted = IsReview(day) ? rule(item, day, shelf.Seen.AsSpan(0, day)) : double.NaN;
                if (day == firstDay)
                    shelf.OnHand = Math.Max(0, Math.Ceiling(wanted)); // everyone starts with what the rule wants
                else
                    shelf.Morning(day, wanted, leadDays);
                tally.Add(shelf.Sell(day), item, CycleOf(day), day >= firstDay + leadDays + reviewDays);
            }
        return tally.Finish(name);
    }

    private bool IsReview(int day) => (day - firstDay) % reviewDays == 0;

    /// <summary>Cycles run from one possible arrival to the next.</summary>
    private int CycleOf(int day) => (day - firstDay - leadDays) / reviewDays;

    private sealed class Shelf(double[] seen)
    {
        private readonly Queue<(int Day, double Quantity)> _inbound = [];

        public double OnHand { get; set; }

        public double[] Seen { get; } = seen;

        public void Morning(int day, double wanted, int leadDays)
        {
            while (_inbound.TryPeek(out var order) && order.Day <= day)
                OnHand += _inbound.Dequeue().Quantity;
            if (wanted - OnHand - _inbound.Sum(o => o.Quantity) is > 0 and var gap)
                _inbound.Enqueue((day + leadDays, Math.Ceiling(gap)));
        }

        public (double Asked, double Sold, double Left) Sell(int day)
        {
            var asked = double.IsNaN(Seen[day]) ? 0 : Seen[day];
            var sold = Math.Min(asked, OnHand);
            OnHand -= sold;
            if (sold < asked)
                Seen[day] = double.NaN;
            return (asked, sold, OnHand);
        }
    }

    private sealed class Tally
    {
        private readonly Dictionary<(int Item, int Cycle), (bool Short, bool Asked)> _cycles = [];
        private double _asked, _sold, _left;
        private int _shelfDays;

        public void Add((double Asked, double Sold, double Left) day, int item, int cycle, bool counts)
        {
            if (!counts)
                return;
            (_asked, _sold, _left, _shelfDays) = (_asked + day.Asked, _sold + day.Sold, _left + day.Left, _shelfDays + 1);
            var before = _cycles.GetValueOrDefault((item, cycle));
            _cycles[(item, cycle)] = (before.Short || day.Sold < day.Asked, before.Asked || day.Asked > 0);
        }

        public ServiceResult Finish(string name) => new(
            name,
            1 - _cycles.Values.Average(c => c.Short ? 1.0 : 0),
            1 - _cycles.Values.Where(c => c.Asked).Average(c => c.Short ? 1.0 : 0),
            _sold / _asked,
            _left / _shelfDays);
    }
}

/// <summary>What a rule reached.</summary>
/// <param name="Rule">Name.</param>
/// <param name="Cycles">Share of order cycles that did not run out.</param>
/// <param name="BusyCycles">The same, of cycles in which anything was asked for.</param>
/// <param name="Fill">Share of the demand served.</param>
/// <param name="Stock">Mean units on hand at night, per product.</param>
internal sealed record ServiceResult(string Rule, double Cycles, double BusyCycles, double Fill, double Stock);
