using System.Globalization;

namespace ChainSync.Server.Tests.Imports;

/// <summary>A made-up shop's lines, the same for the same seed: sales, credits that fit and do not fit, write-offs, finds, odd codes.</summary>
internal sealed class MadeUpHistory
{
    private readonly Random _random;
    private readonly List<string> _lines = [];
    private readonly List<(string Customer, string Sku, int Quantity, string Price)> _sold = [];
    private DateTime _at = new(2010, 12, 1, 8, 0, 0);
    private int _number = 536_365;

    private MadeUpHistory(int seed) => _random = new Random(seed);

    public static List<string> Lines(int invoices, int seed = 20101201)
    {
        var history = new MadeUpHistory(seed);
        for (var i = 0; i < invoices; i++) history.Next();
        return history._lines;
    }

    private void Next()
    {
        _at = _at.AddMinutes(_random.Next(1, 30));
        switch (_random.Next(20))
        {
            case 0: Correct(-1); break;
            case 1: Correct(1); break;
            case 2 or 3 when _sold.Count > 0: Credit(); break;
            case 4: Write("C", "AMAZONFEE", -1, "100.5", ""); break;
            default: Sell(); break;
        }
        _number++;
    }

    private void Sell()
    {
        var customer = _random.Next(4) == 0 ? "" : $"{12_346 + _random.Next(60)}";
        for (var i = _random.Next(1, 20); i > 0; i--)
        {
            var (sku, price) = Product();
            var quantity = _random.Next(1, 13);
            Write("", sku, quantity, price, customer);
            if (customer.Length > 0) _sold.Add((customer, sku, quantity, price));
        }
        if (_random.Next(5) == 0) Write("", "POST", 1, "18.0", customer);
    }

    private void Credit()
    {
        var (customer, sku, quantity, price) = _sold[_random.Next(_sold.Count)];
        Write("C", sku, -_random.Next(1, quantity + 2), _random.Next(10) == 0 ? "0.99" : price, customer);
        var other = _sold[_random.Next(_sold.Count)];
        if (other.Customer == customer) Write("C", other.Sku, -1, other.Price, customer);
    }

    private void Correct(int sign) => Write("", Product().Sku, sign * _random.Next(1, 40), "0.0", "");

    private (string Sku, string Price) Product()
    {
        var n = _random.Next(300);
        return ($"{20_000 + n}", (0.25m + (n % 40 * 0.1m)).ToString(CultureInfo.InvariantCulture));
    }

    private void Write(string prefix, string sku, int quantity, string price, string customer) => _lines.Add(string.Create(
        CultureInfo.InvariantCulture, $"{prefix}{_number},{sku},THING {sku},{quantity},{_at:yyyy-MM-dd HH:mm},{price},{customer},United Kingdom"));
}
