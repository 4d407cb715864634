using ChainSync.Core;

namespace ChainSync.Server.Features.Identity;

/// <summary>The refusals of sign-in and of tokens. None says which part was wrong.</summary>
public static class AuthErrors
{
    public static readonly Rejection Missing = new("auth.missing", "Sign in first.");

    public static readonly Rejection Expired = new("auth.expired", "Your sign-in has run out. Refresh it, or sign in again.");

    public static readonly Rejection Invalid = new("auth.invalid", "This sign-in is not valid. Sign in again.");

    public static readonly Rejection WrongPassword = new("auth.invalid", "E-mail address or password is wrong.");

    public static readonly Rejection WrongPin = new("auth.invalid", "This PIN is not known at this till.");

    public static readonly Rejection Locked = new("auth.locked", "Too many failed sign-ins. Wait, then try again; Retry-After says how many seconds.");

    public static readonly Rejection CrossSite = new("auth.cross-site", "Another site may not do this in your name.");
}
