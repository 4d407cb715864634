using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ChainSync.Core;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>Where a page ended: the sort keys of its last item, opaque to clients.</summary>
public static class Cursor
{
    private const char Separator = '\u001f';

    /// <summary>The cursor after an item with these sort keys.</summary>
    public static string Of(params IEnumerable<string> keys) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, keys)));

    /// <summary>The sort keys of a cursor, or null when there is none.</summary>
    /// <exception cref="RejectionException">It is not a cursor of ours with that many keys.</exception>
    public static string[]? Parse(string? cursor, int keys)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator);
            if (parts.Length == keys) return parts;
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw Unreadable();
    }

    /// <summary>The keys of a list ordered by an instant and then an id.</summary>
    public static (DateTimeOffset At, Guid Id)? ParseInstant(string? cursor) =>
        Parse(cursor, 2) is not { } keys ? null
        : long.TryParse(keys[0], NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && Guid.TryParse(keys[1], out var id)
            ? (DateTimeOffset.UnixEpoch.AddTicks(micros * 10), id)
            : throw Unreadable();

    /// <summary>The cursor of <see cref="ParseInstant"/>.</summary>
    public static string OfInstant(DateTimeOffset at, Guid id) =>
        Of(((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10).ToString(CultureInfo.InvariantCulture), id.ToString());

    /// <summary>The keys of a list ordered by a name and then an id.</summary>
    public static (string Name, Guid Id)? ParseName(string? cursor) =>
        Parse(cursor, 2) is not { } keys ? null
        : !keys[0].Contains('\0', StringComparison.Ordinal) && Guid.TryParse(keys[1], out var id) ? (keys[0], id)
        : throw Unreadable();

    /// <summary>The cursor of <see cref="ParseName"/>.</summary>
    public static string OfName(string name, Guid id) => Of(name, id.ToString());

    internal static RejectionException Unreadable() =>
        new(Rejection.OfField("common.invalid", "The list has no such page.", "after", "Must be the next value of an earlier page."));
}

/// <summary>How much of a list to answer with.</summary>
public static class PageSize
{
    private const int Default = 50;
    private const int Most = 500;

    /// <summary>The limit to use, or the refusal as an exception.</summary>
    public static int Of(int? limit) => limit switch
    {
        null => Default,
        >= 1 and <= Most => limit.Value,
        _ => throw new RejectionException(Rejection.OfField("common.invalid", "The page size is out of bounds.", "limit", $"Must be between 1 and {Most}.")),
    };
}
