namespace ChainSync.Chaos.Tests;

/// <summary>Holds what came against what should have.</summary>
internal static class Judgement
{
    /// <summary>Everything, each once and in order.</summary>
    public static IEnumerable<string> OfAll(IReadOnlyList<Received> got, IReadOnlyList<Received> due)
    {
        var same = got.Zip(due).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same < got.Count || same < due.Count) yield return Difference(got, due, same, same);
    }

    /// <summary>The beginning of everything, each once and in order.</summary>
    public static IEnumerable<string> OfBeginning(IReadOnlyList<Received> got, IReadOnlyList<Received> due) => OfAll(got, [.. due.Take(got.Count)]);

    /// <summary>In order and each once, and left out only what a later state of the same thing replaces.</summary>
    public static IEnumerable<string> OfLatest(IReadOnlyList<Received> got, IReadOnlyList<Received> due)
    {
        // From the end, so that of what is missing it is known whether something newer came.
        var newer = new HashSet<Guid>();
        var next = got.Count - 1;
        for (var i = due.Count - 1; i >= 0; i--)
        {
            if (next >= 0 && got[next] == due[i])
            {
                if (due[i].Key != Guid.Empty) newer.Add(due[i].Key);
                next--;
            }
            else if (!newer.Contains(due[i].Key))
            {
                yield return Difference(got, due, next + 1, i);
                yield break;
            }
        }
        if (next >= 0) yield return Difference(got, due, next, due.Count);
    }

    /// <summary>
    /// Everything by former rights, then everything by the present ones. When exactly they changed is not known: after some number of
    /// events between two. The position under way then may be told by either.
    /// </summary>
    public static IEnumerable<string> OfTwoRights(
        IReadOnlyList<Received> got, IReadOnlyList<Received> former, IReadOnlyList<Received> present, int least, int most)
    {
        for (var cut = least; cut <= most; cut++)
        {
            var (before, after) = (got.Take(cut).ToList(), got.Skip(cut).ToList());
            var last = before.Count > 0 ? before[^1].Seq : 0;
            if (IsWhole(before, [.. former.Where(e => e.Seq <= last)], last) && IsWhole(after, [.. present.Where(e => e.Seq >= last)], last)) yield break;
        }
        yield return $"of {got.Count} events no first {least} to {most} are those of the former rights, with the rest those of the present ones";
    }

    private static bool IsWhole(List<Received> got, List<Received> due, long mayLack)
    {
        var kept = got.Where(e => e.Seq != mayLack);
        return kept.SequenceEqual(due.Where(e => e.Seq != mayLack)) && got.Where(e => e.Seq == mayLack).All(due.Contains);
    }

    private static string Difference(IReadOnlyList<Received> got, IReadOnlyList<Received> due, int atGot, int atDue)
    {
        var came = atGot < got.Count ? got[atGot].ToString() : "nothing";
        var should = atDue < due.Count ? due[atDue].ToString() : "nothing";
        return $"{came} came (event {atGot} of {got.Count}) where {should} was due (event {atDue} of {due.Count})";
    }
}
