using System.Text;
using ChainSync.Core.Imports;

namespace ChainSync.Server.Features.Imports;

/// <summary>Rejected lines as CSV (RFC 4180): number, reason, the line itself.</summary>
internal static class RejectsFile
{
    public static string Of(IEnumerable<RejectedLine> rejects)
    {
        var text = new StringBuilder("line,reason,text\n");
        foreach (var reject in rejects) text.Append(reject.LineNumber).Append(',').Append(Quoted(reject.Reason)).Append(',').Append(Quoted(reject.Text)).Append('\n');
        return text.ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
