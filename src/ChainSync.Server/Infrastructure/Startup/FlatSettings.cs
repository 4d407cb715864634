using System.Globalization;
using System.Text.RegularExpressions;

namespace ChainSync.Server.Infrastructure.Startup;

/// <summary>
/// The flat names that other people's scripts set in the environment, each a name for an option of ours. They win over sections, and a
/// value that cannot be meant stops the start.
/// </summary>
public static partial class FlatSettings
{
    private const int DayMs = 24 * 60 * 60 * 1000;

    private static readonly Setting[] All =
    [
        new("WS_ENABLED", "Realtime:Enabled", Flag),
        new("WS_PATH", "Realtime:Path", WebPath),
        new("WEBSOCKET_PATH", "Realtime:Path", WebPath),
        new("WS_PORT", "Realtime:Port", Count(1, ushort.MaxValue)),
        new("ALLOWED_ORIGINS", "Realtime:AllowedOrigins", Origins),
        new("WS_MAX_CONNECTIONS", "Hub:MaxConnections", Count(1, 1_000_000)),
        new("WEBSOCKET_MAX_CLIENTS", "Hub:MaxConnections", Count(1, 1_000_000)),
        new("WS_PING_INTERVAL", "Hub:PingInterval", Milliseconds(1, DayMs)),
        new("WEBSOCKET_HEARTBEAT_INTERVAL", "Hub:PingInterval", Milliseconds(1, DayMs)),
        new("WS_PONG_TIMEOUT", "Hub:PongTimeout", Milliseconds(1, DayMs)),
        new("WEBSOCKET_ENABLE_COMPRESSION", "Hub:EnableCompression", Flag),
        new("LOG_LEVEL", "Logging:LogLevel:Default", Level),
    ];

    /// <summary>Every name, for the table in the operating guide.</summary>
    public static IEnumerable<string> Names => All.Select(s => s.Name);

    /// <summary>Lays the options that flat names set over everything else that is configured.</summary>
    /// <exception cref="StartupException">A value cannot be meant, or two names of one option disagree.</exception>
    public static void Apply(IConfigurationManager configuration)
    {
        var options = new Dictionary<string, (string Value, Setting By)>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in All)
        {
            // An empty variable is how shells and compose files say "not set".
            if (configuration[setting.Name] is not { Length: > 0 } text) continue;
            var value = setting.Read(text.Trim(), out var expected) ?? throw new StartupException($"{setting.Name} must be {expected}; it is '{text}'.");
            if (options.TryGetValue(setting.Option, out var other) && other.Value != value)
                throw new StartupException($"{other.By.Name} and {setting.Name} set the same thing and disagree; set one of them.");
            options[setting.Option] = (value, setting);
        }
        configuration.AddInMemoryCollection(options.Select(o => KeyValuePair.Create(o.Key, (string?)o.Value.Value)));
    }

    private static string? Flag(string text, out string expected)
    {
        expected = "true or false";
        return text.ToUpperInvariant() switch { "TRUE" or "1" => "true", "FALSE" or "0" => "false", _ => null };
    }

    private static Reader Count(int least, int most) => (string text, out string expected) =>
    {
        expected = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        return Whole(text, least, most)?.ToString(CultureInfo.InvariantCulture);
    };

    private static Reader Milliseconds(int least, int most) => (string text, out string expected) =>
    {
        expected = string.Create(CultureInfo.InvariantCulture, $"a whole number of milliseconds from {least} to {most}");
        return Whole(text, least, most) is { } ms ? TimeSpan.FromMilliseconds(ms).ToString("c", CultureInfo.InvariantCulture) : null;
    };

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static string? WebPath(string text, out string expected)
    {
        expected = "a path such as /live";
        return PathPattern().IsMatch(text) ? text : null;
    }

    private static string? Origins(string text, out string expected)
    {
        expected = "origins (scheme://host[:port]) with commas between them, or *";
        var origins = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return origins.Length > 0 && origins.All(IsOrigin) ? string.Join(',', origins) : null;
    }

    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase));

    private static string? Level(string text, out string expected)
    {
        expected = "trace, debug, info, warn, error, critical or none";
        return text.ToUpperInvariant() switch
        {
            "TRACE" => "Trace",
            "DEBUG" => "Debug",
            "INFO" or "INFORMATION" => "Information",
            "WARN" or "WARNING" => "Warning",
            "ERROR" => "Error",
            "CRITICAL" => "Critical",
            "NONE" => "None",
            _ => null,
        };
    }

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex PathPattern();

    // The value as the option takes it, or null and what it must be.
    private delegate string? Reader(string text, out string expected);

    private sealed record Setting(string Name, string Option, Reader Read);
}
