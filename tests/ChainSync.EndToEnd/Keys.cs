using Microsoft.Playwright;

namespace ChainSync.EndToEnd;

/// <summary>
/// Key presses with the times of whoever presses them. The till tells a scanner from a person by the time between keys, so
/// the times are told to the browser: a busy machine would send a scan as slowly as a person types, an idle one the reverse.
/// </summary>
public static class Keys
{
    private const double ScannerSeconds = 0.004;
    private const double PersonSeconds = 0.15;

    /// <summary>A scanner's beep: the code, and Enter; a moment after whatever was pressed before.</summary>
    public static Task ScanAsync(IPage page, string code) => SendAsync(page, [.. code.Select(Character), Enter], ScannerSeconds, startSeconds: PersonSeconds);

    /// <summary>Text as a person types it, the last key now.</summary>
    public static Task TypeAsync(IPage page, string text) =>
        SendAsync(page, [.. text.Select(Character)], PersonSeconds, startSeconds: -PersonSeconds * (text.Length - 1));

    private static Dictionary<string, object> Enter => new() { ["key"] = "Enter", ["text"] = "\r", ["code"] = "Enter", ["windowsVirtualKeyCode"] = 13 };

    private static Dictionary<string, object> Character(char character) => new() { ["key"] = $"{character}", ["text"] = $"{character}" };

    private static async Task SendAsync(IPage page, IReadOnlyList<Dictionary<string, object>> keys, double secondsBetween, double startSeconds)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var now = await page.EvaluateAsync<double>("(performance.timeOrigin + performance.now()) / 1000");
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            key["timestamp"] = now + startSeconds + (index * secondsBetween);
            key["type"] = "keyDown";
            await session.SendAsync("Input.dispatchKeyEvent", key);
            key["type"] = "keyUp";
            key.Remove("text");
            await session.SendAsync("Input.dispatchKeyEvent", key);
        }
        await session.DetachAsync();
    }
}
