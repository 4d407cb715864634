using ChainSync.Server.Infrastructure.Startup;
using ChainSync.Server.Tests.Architecture;
using ChainSync.TestKit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChainSync.Server.Tests.Startup;

/// <summary>The flat names of the environment: what each sets, its edges, and that a bad one stops the start with one sentence.</summary>
public sealed class FlatSettingsTests
{
    [Theory]
    [InlineData("WS_ENABLED", "0", "Realtime:Enabled", "false")]
    [InlineData("WS_ENABLED", "TRUE", "Realtime:Enabled", "true")]
    [InlineData("WS_PATH", "/live/v1", "Realtime:Path", "/live/v1")]
    [InlineData("WEBSOCKET_PATH", "/live", "Realtime:Path", "/live")]
    [InlineData("WS_PORT", "1", "Realtime:Port", "1")]
    [InlineData("WS_PORT", "65535", "Realtime:Port", "65535")]
    [InlineData("WS_MAX_CONNECTIONS", "1", "Hub:MaxConnections", "1")]
    [InlineData("WS_MAX_CONNECTIONS", "1000000", "Hub:MaxConnections", "1000000")]
    [InlineData("WEBSOCKET_MAX_CLIENTS", "20000", "Hub:MaxConnections", "20000")]
    [InlineData("WS_PING_INTERVAL", "30000", "Hub:PingInterval", "00:00:30")]
    [InlineData("WS_PING_INTERVAL", "86400000", "Hub:PingInterval", "1.00:00:00")]
    [InlineData("WEBSOCKET_HEARTBEAT_INTERVAL", "1", "Hub:PingInterval", "00:00:00.0010000")]
    [InlineData("WS_PONG_TIMEOUT", " 5000 ", "Hub:PongTimeout", "00:00:05")]
    [InlineData("ALLOWED_ORIGINS", "https://a.example, http://localhost:3000 ,", "Realtime:AllowedOrigins", "https://a.example,http://localhost:3000")]
    [InlineData("ALLOWED_ORIGINS", "*", "Realtime:AllowedOrigins", "*")]
    [InlineData("WEBSOCKET_ENABLE_COMPRESSION", "true", "Hub:EnableCompression", "true")]
    [InlineData("LOG_LEVEL", "warn", "Logging:LogLevel:Default", "Warning")]
    [InlineData("LOG_LEVEL", "Information", "Logging:LogLevel:Default", "Information")]
    public void A_name_sets_its_option(string name, string value, string option, string expected) =>
        Assert.Equal(expected, Applied((name, value))[option]);

    [Theory]
    [InlineData("WS_ENABLED", "yes")]
    [InlineData("WS_PATH", "live")]
    [InlineData("WS_PATH", "/")]
    [InlineData("WS_PATH", "/live/")]
    [InlineData("WEBSOCKET_PATH", "/{*path}")]
    [InlineData("WS_PORT", "0")]
    [InlineData("WS_PORT", "65536")]
    [InlineData("WS_MAX_CONNECTIONS", "0")]
    [InlineData("WS_MAX_CONNECTIONS", "1000001")]
    [InlineData("WEBSOCKET_MAX_CLIENTS", "many")]
    [InlineData("WS_PING_INTERVAL", "0")]
    [InlineData("WS_PING_INTERVAL", "30s")]
    [InlineData("WEBSOCKET_HEARTBEAT_INTERVAL", "86400001")]
    [InlineData("WS_PONG_TIMEOUT", "-1")]
    [InlineData("WS_PONG_TIMEOUT", "1.5")]
    [InlineData("ALLOWED_ORIGINS", "a.example")]
    [InlineData("ALLOWED_ORIGINS", "https://a.example/shop")]
    [InlineData("ALLOWED_ORIGINS", ",")]
    [InlineData("WEBSOCKET_ENABLE_COMPRESSION", "on")]
    [InlineData("LOG_LEVEL", "loud")]
    public void A_value_that_cannot_be_meant_is_one_sentence_that_says_what_can(string name, string value)
    {
        var stopped = Assert.Throws<StartupException>(() => Applied((name, value)));

        Assert.Matches($@"\A{name} must be .+; it is '.*'\.\z", stopped.Message);
        Assert.Contains($"'{value}'", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_wins_over_the_section_and_an_empty_one_is_not_set()
    {
        Assert.Equal("7", Applied(("Hub:MaxConnections", "5"), ("WS_MAX_CONNECTIONS", "7"))["Hub:MaxConnections"]);
        Assert.Equal("5", Applied(("Hub:MaxConnections", "5"), ("WS_MAX_CONNECTIONS", ""))["Hub:MaxConnections"]);
    }

    [Fact]
    public void Two_names_of_one_option_may_agree_but_not_differ()
    {
        Assert.Equal("7", Applied(("WS_MAX_CONNECTIONS", "7"), ("WEBSOCKET_MAX_CLIENTS", "7"))["Hub:MaxConnections"]);

        var stopped = Assert.Throws<StartupException>(() => Applied(("WS_MAX_CONNECTIONS", "7"), ("WEBSOCKET_MAX_CLIENTS", "8")));
        Assert.Equal("WS_MAX_CONNECTIONS and WEBSOCKET_MAX_CLIENTS set the same thing and disagree; set one of them.", stopped.Message);
    }

    [Fact]
    public void The_operating_guide_has_every_name()
    {
        var guide = File.ReadAllText(Path.Combine(Sources.Root, "docs/guides/operating.md"));

        Assert.All(FlatSettings.Names, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("WS_PING_INTERVAL", "soon", "WS_PING_INTERVAL must be a whole number of milliseconds from 1 to 86400000; it is 'soon'.")]
    [InlineData("WS_PING_INTERVAL", "5000", "Hub PongTimeout must be shorter than PingInterval.")]
    [InlineData("Hub:MaxConnections", "many", "Failed to convert configuration value 'many' at 'Hub:MaxConnections' to type 'System.Int32'.")]
    public async Task A_bad_setting_stops_the_real_server_with_one_sentence_and_an_exit_code(string name, string value, string sentence)
    {
        using var folder = new TestFolder();
        await using var server = ServerProcess.Start(folder.Path, (name, value));

        var (exitCode, errors) = await server.EndAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Address);

        Assert.Equal((1, sentence), (exitCode, errors.Trim()));
    }

    private static ConfigurationManager Applied(params IReadOnlyList<(string Name, string Value)> settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        FlatSettings.Apply(configuration);
        return configuration;
    }
}
