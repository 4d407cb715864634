using System.Buffers.Text;
using System.Text;
using ChainSync.Server.Features.Identity.Tokens;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class JwsTests
{
    // RFC 7515, appendix A.1.
    private const string Token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static readonly byte[] Key =
        Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");

    [Fact]
    public void The_example_of_the_RFC_is_verified()
    {
        var parts = Jws.Verify(Token, Key);

        Assert.Equal("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}", Encoding.UTF8.GetString(parts!.Value.Header));
        Assert.Equal("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}", Encoding.UTF8.GetString(parts.Value.Payload));
    }

    [Fact]
    public void The_example_of_the_RFC_is_made()
    {
        var parts = Jws.Verify(Token, Key)!.Value;

        Assert.Equal(Token, Jws.Sign(parts.Header, parts.Payload, Key));
    }

    [Fact]
    public void No_other_character_of_the_example_is_verified()
    {
        for (var i = 0; i < Token.Length; i++)
        {
            var changed = Token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.True(Jws.Verify(new string(changed), Key) is null, $"character {i}");
        }
    }

    [Fact]
    public void A_signature_has_one_spelling()
    {
        // The last character holds two spare bits: k, l, m and n decode to the same bytes.
        Assert.Null(Jws.Verify(Token[..^1] + "l", Key));
        Assert.Null(Jws.Verify(Token + "=", Key));
        Assert.Null(Jws.Verify(Token + "\n", Key));
        Assert.Null(Jws.Verify(" " + Token, Key));
        Assert.Null(Jws.Verify(Token.Insert(50, " "), Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c.d.e")]
    [InlineData("ä.ö.ü")]
    [InlineData("\0.\0.\0")]
    [InlineData("{}.{}.{}")]
    public void What_is_no_token_is_refused(string text) => Assert.Null(Jws.Verify(text, Key));

    [Fact]
    public void A_token_without_its_signature_is_refused() => Assert.Null(Jws.Verify(Token[..(Token.LastIndexOf('.') + 1)], Key));

    [Fact]
    public void A_token_past_the_limit_is_refused_whatever_it_is()
    {
        var atLimit = Jws.Sign("{}"u8, new byte[(Jws.MaxLength - 44 - 4) * 3 / 4], Key);
        var pastLimit = Jws.Sign("{}"u8, new byte[Jws.MaxLength], Key);

        Assert.InRange(atLimit.Length, Jws.MaxLength - 4, Jws.MaxLength);
        Assert.NotNull(Jws.Verify(atLimit, Key));
        Assert.Null(Jws.Verify(pastLimit, Key));
    }
}
