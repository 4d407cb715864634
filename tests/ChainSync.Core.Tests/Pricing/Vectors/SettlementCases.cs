using ChainSync.Core.Pricing;

namespace ChainSync.Core.Tests.Pricing.Vectors;

/// <summary>Draws settlements: right ones, and ones with a single fault.</summary>
internal static class SettlementCases
{
    /// <summary>A settlement that is right, in one to three payments, the last in cash or by card.</summary>
    public static Settlement Draw(SplitMix64 random, long incrementMinor)
    {
        var total = random.Chance(5) ? 0 : random.Magnitude(10_000_000);
        var others = new Payment[random.Between(0, 2)];
        var left = total;
        for (var i = 0; i < others.Length; i++)
        {
            var amount = random.Between(0, left);
            others[i] = new Payment(random.Pick(PaymentMethod.Card, PaymentMethod.Voucher, PaymentMethod.Credit, PaymentMethod.Other), amount, random.Chance(20) ? amount : null);
            left -= amount;
        }

        if (random.Chance(35)) return new Settlement(total, 0, 0, [.. others, new Payment(PaymentMethod.Card, left)]);
        var rounding = CashRounding.Of(left, incrementMinor);
        var over = random.Chance(60) ? random.Between(0, 5_000) : 0;
        var cash = new Payment(PaymentMethod.Cash, left + rounding, over > 0 || random.Chance(50) ? left + rounding + over : null);
        return new Settlement(total, rounding, over, [.. others, cash]);
    }

    /// <summary>A settlement with one thing wrong.</summary>
    public static Settlement DrawWrong(SplitMix64 random, long incrementMinor)
    {
        var right = Draw(random, incrementMinor);
        var last = right.Payments[^1];
        return random.Between(0, 7) switch
        {
            0 => WithLast(right, last with { AmountMinor = last.AmountMinor + random.Pick(1, 100), TenderedMinor = null }),
            1 => right with { ChangeMinor = right.ChangeMinor + random.Pick(1, 100) },
            2 => right with { CashRoundingMinor = (incrementMinor / 2) + 1 },
            3 => WithLast(right, last with { Method = PaymentMethod.Card, TenderedMinor = last.AmountMinor + 1 }),
            4 => WithLast(right, last with { AmountMinor = last.AmountMinor + 1, TenderedMinor = last.AmountMinor }),
            5 => WithLast(right, last with { AmountMinor = -1 }),
            6 => right with { TotalMinor = random.Pick(-1, (2 * PricingBounds.MaxAmountMinor) + 1), ChangeMinor = -1 },
            _ => right with { Payments = [.. Enumerable.Repeat(new Payment(PaymentMethod.Card, 0), PricingBounds.MaxPayments + 1)] },
        };
    }

    private static Settlement WithLast(Settlement settlement, Payment last) =>
        settlement with { Payments = [.. settlement.Payments.SkipLast(1), last] };
}
