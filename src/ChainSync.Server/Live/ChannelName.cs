namespace ChainSync.Server.Live;

/// <summary>What a channel is called on the wire: <c>orders:&lt;storeId&gt;</c>.</summary>
public static class ChannelName
{
    /// <summary>Instead of a namespace: all of a store that somebody may see, as one ordered stream.</summary>
    public const string WholeStore = "store";

    /// <summary>The namespace and the store of a name, as it is written; whether they exist is another question.</summary>
    public static bool TryParse(string name, out string ns, out Guid storeId)
    {
        (ns, storeId) = ("", Guid.Empty);
        if (name.Split(':') is not [var first, var second] || !Guid.TryParseExact(second, "D", out storeId)) return false;
        ns = first;
        return true;
    }
}
