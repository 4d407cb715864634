using System.ComponentModel.DataAnnotations;

namespace ChainSync.Server.Features.Identity;

/// <summary>Sessions and sign-in; section <c>Identity</c>.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>The <c>iss</c> of tokens. Every node of a chain has the same.</summary>
    [Required]
    public string Issuer { get; set; } = "chainsync";

    /// <summary>The <c>aud</c> of tokens.</summary>
    [Required]
    public string Audience { get; set; } = "chainsync-api";

    /// <summary>How long an access token is good. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>By how much clocks of nodes may differ. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A session ends when it was not refreshed for so long. Default 14 days.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A session ends so long after its sign-in in any case. Default 90 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A PIN session ends so long after its sign-in: a working day. Default 14 hours.</summary>
    public TimeSpan PinSessionLifetime { get; set; } = TimeSpan.FromHours(14);

    /// <summary>
    /// How often a node asks for sessions that another node has ended. This is how long an access token may outlive its
    /// session there; on the node that ended it there is no delay. Default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RevocationPollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>PBKDF2-HMAC-SHA512 rounds of a password or PIN hash. Default 210,000 (OWASP's figure for SHA-512).</summary>
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Failed sign-ins in a row to an account that cost no wait. Default 5.</summary>
    [Range(1, 100)]
    public int AccountFreeFailures { get; set; } = 5;

    /// <summary>Wrong PINs in a row at a till that cost no wait. Default 5.</summary>
    [Range(1, 100)]
    public int RegisterFreeFailures { get; set; } = 5;

    /// <summary>Failed sign-ins from a network address that cost no wait; a shop's tills share one. Default 30.</summary>
    [Range(1, 1_000)]
    public int AddressFreeFailures { get; set; } = 30;

    /// <summary>The first wait; each further failure doubles it. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait: a stranger who fails on purpose can keep the owner out for no longer at a time. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>One failure is forgotten in each such time, so that honest slips of a busy till never add up. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureForgottenAfter { get; set; } = TimeSpan.FromMinutes(15);
}
