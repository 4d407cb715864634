using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Pricing;
using ChainSync.Core.Products;
using ChainSync.Core.Sales;

namespace ChainSync.Server.Features.Demo;

/// <summary>A month of invented sales of a shop, the same on every run that starts from the same instant.</summary>
internal sealed class DemoHistory
{
    private const int Days = 30;
    private const int LeastToday = 12;

    private static readonly int[] WeekdayPercent = [55, 85, 90, 95, 105, 130, 140]; // from Sunday
    private static readonly int[] HourWeights = [6, 9, 10, 9, 12, 13, 9, 8, 10, 14, 15, 9]; // from opening at eight

    private readonly DemoStore _shop;
    private readonly Random _random;
    private readonly List<Product> _byFame;
    private readonly Dictionary<Guid, int> _rates;
    private readonly IReadOnlyList<(Guid Id, string Series)> _registers;
    private readonly long[] _numbers;

    public DemoHistory(DemoStore shop, IReadOnlyList<(Guid Id, string Series)> registers)
    {
        (_shop, _registers, _numbers, _random) = (shop, registers, new long[registers.Count], new Random(shop.Seed));
        _byFame = [.. shop.Products()];
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_byFame));
        var standard = Stores.CreateStore.TaxClassId(shop.Id, "standard");
        _rates = _byFame.ToDictionary(p => p.Id, p => p.TaxClassId == standard ? shop.StandardPpm : shop.FoodPpm);
    }

    /// <summary>The sales, day by day and in order of time, up to <paramref name="now"/>.</summary>
    public IEnumerable<(DateOnly Day, IReadOnlyList<(RecordSale Sale, Caller Seller)> Sales)> UpTo(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(_shop.Store.TimeZone);
        var today = _shop.Store.DayOf(now);
        for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
        {
            var times = Times(day).Select(t => AtLocal(day, t, zone)).Where(t => t < now).ToList();
            if (day == today && times.Count < LeastToday) times = [.. Enumerable.Range(0, LeastToday).Select(i => now - TimeSpan.FromMinutes(3 + (i * 4)))];
            yield return (day, [.. times.Order().Select((at, i) => Sale(day, i, at))]);
        }
    }

    private IEnumerable<TimeSpan> Times(DateOnly day)
    {
        var count = _shop.SalesPerDay * WeekdayPercent[(int)day.DayOfWeek] * _random.Next(85, 116) / 10_000;
        return [.. Enumerable.Range(0, count).Select(_ => TimeSpan.FromHours(8 + Weighted(HourWeights)) + TimeSpan.FromSeconds(_random.Next(3600)))];
    }

    private (RecordSale Sale, Caller Seller) Sale(DateOnly day, int index, DateTimeOffset soldAt)
    {
        var (lines, discount) = (Lines(), _random.Next(100) < 6 ? 50_000 * _random.Next(1, 3) : 0);
        var store = _shop.Store;
        var basket = new Basket(Currency.Parse(store.Currency).Value, store.PricesIncludeTax, lines)
        {
            CashRoundingMinor = store.CashRoundingMinor, Discount = discount == 0 ? null : new Discount.Percent(discount),
        };
        var priced = BasketPricer.Price(basket).Value;
        var (payment, rounding, change) = Pay(basket, priced.TotalMinor);
        var register = _random.Next(_registers.Count);
        var seller = _shop.Employees[_random.Next(_shop.Employees.Count)];
        var sale = new RecordSale(
            _shop.Named($"sale:{day:yyyy-MM-dd}:{index}"), soldAt, store.Currency, store.PricesIncludeTax, [.. lines.Zip(priced.Lines, Sold)],
            priced.SubtotalMinor, priced.DiscountMinor, priced.TaxMinor, priced.TotalMinor, rounding, [payment], change,
            discount == 0 ? null : new GivenDiscount(DiscountKind.Percent, RatePpm: discount),
            _registers[register].Id, new ReceiptNumber(_registers[register].Series, ++_numbers[register]),
            _random.Next(4) == 0 ? _shop.CustomerId(_random.Next(40)) : null);
        return (sale with { Lines = [.. sale.Lines.Select((l, i) => l with { LineNo = i + 1 })] },
            new Caller(seller.Id, seller.Name, seller.Role, new HashSet<Guid> { _shop.Id }));
    }

    private static SoldLine Sold(BasketLine line, PricedLine priced) => new(
        0, line.ProductId!.Value, line.QuantityMilli, line.UnitPriceMinor, line.TaxRatePpm,
        priced.GrossMinor, priced.DiscountMinor, priced.TicketDiscountMinor, priced.TaxMinor, priced.TotalMinor);

    // Few things make most of the turnover: the square draws the famous ones far more often.
    private List<BasketLine> Lines()
    {
        var products = new HashSet<Product>();
        for (var wanted = 1 + Math.Min(_random.Next(8), _random.Next(8)); products.Count < wanted;)
            products.Add(_byFame[(int)(_byFame.Count * _random.NextDouble() * _random.NextDouble())]);
        return [.. products.Select(p => new BasketLine(p.PriceMinor, 1_000 * (1 + Math.Min(_random.Next(4), _random.Next(4))), _rates[p.Id], ProductId: p.Id))];
    }

    private (Payment Payment, long RoundingMinor, long ChangeMinor) Pay(Basket basket, long total)
    {
        switch (_random.Next(100))
        {
            case < 38:
                var rounding = basket.CashRoundingOf(total);
                var note = _random.Next(3) switch { 0 => 500, 1 => 1_000, _ => 2_000 };
                var tendered = (total + rounding + note - 1) / note * note;
                return (new Payment(PaymentMethod.Cash, total + rounding, tendered), rounding, tendered - total - rounding);
            case < 96:
                return (new Payment(PaymentMethod.Card, total), 0, 0);
            default:
                return (new Payment(PaymentMethod.Voucher, total), 0, 0);
        }
    }

    private int Weighted(int[] weights)
    {
        var drawn = _random.Next(weights.Sum());
        for (var i = 0; ; i++)
        {
            if ((drawn -= weights[i]) < 0) return i;
        }
    }

    private static DateTimeOffset AtLocal(DateOnly day, TimeSpan time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
