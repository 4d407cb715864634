using System.Net;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity.Tokens;

namespace ChainSync.Server.Features.Identity;

/// <summary>Begins sessions and keeps them going.</summary>
public sealed class SignInHandler(People people, Passwords passwords, SignInAttempts attempts, Sessions sessions, TokenIssuer issuer)
{
    /// <summary>By e-mail and password. An account that is not there answers as one with another password, in the same time.</summary>
    public async Task<SignInAnswer> HandleAsync(SignIn request, IPAddress? address, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid) return new(invalid);
        var (byAddress, byAccount) = (attempts.Address(address), attempts.Account(request.Email));
        if (await attempts.TakeAsync(byAddress, cancellationToken) is var wait && wait > TimeSpan.Zero) return new(AuthErrors.Locked, wait);
        if (await attempts.TakeAsync(byAccount, cancellationToken) is var pause && pause > TimeSpan.Zero) return new(AuthErrors.Locked, pause);

        var person = await people.FindByEmailAsync(request.Email, cancellationToken);
        if (!passwords.IsRight(person?.SecretHash, request.Password)) return new(AuthErrors.WrongPassword);

        await attempts.GiveBackAsync(byAddress, cancellationToken);
        await attempts.ForgetAsync(byAccount, cancellationToken);
        return await StartAsync(person!, null, address, cancellationToken);
    }

    /// <summary>By PIN, at a registered till. Without the till's key nothing is looked up, and nobody can lock the till.</summary>
    public async Task<SignInAnswer> HandleAsync(SignInWithPin request, string? registerKey, IPAddress? address, CancellationToken cancellationToken)
    {
        if (request.Check() is { } invalid) return new(invalid);
        var (byAddress, byRegister) = (attempts.Address(address), attempts.Register(request));
        if (await attempts.TakeAsync(byAddress, cancellationToken) is var wait && wait > TimeSpan.Zero) return new(AuthErrors.Locked, wait);
        var keyHash = await people.FindRegisterKeyAsync(request.StoreId, request.RegisterId, cancellationToken);
        if (!RegisterKeys.IsRight(registerKey, keyHash)) return new(AuthErrors.WrongPin);
        if (await attempts.TakeAsync(byRegister, cancellationToken) is var pause && pause > TimeSpan.Zero) return new(AuthErrors.Locked, pause);

        var person = await people.FindByPinAsync(request.StoreId, passwords.PinLookup(request.StoreId, request.Pin), cancellationToken);
        if (!passwords.IsRight(person?.SecretHash, request.Pin)) return new(AuthErrors.WrongPin);

        await attempts.GiveBackAsync(byAddress, cancellationToken);
        await attempts.GiveBackAsync(byRegister, cancellationToken);
        return await StartAsync(person!, new RegisterRef(request.StoreId, request.RegisterId), address, cancellationToken);
    }

    /// <summary>By refresh token. Name, role and stores are read anew: this is where a change of them takes effect.</summary>
    public async Task<SignInAnswer> RefreshAsync(string token, CancellationToken cancellationToken)
    {
        var rotated = await sessions.RotateAsync(token, cancellationToken);
        if (!rotated.IsAccepted) return new(rotated.Rejection);
        var (session, next) = rotated.Value;
        return await people.FindAsync(session, cancellationToken) is { } person ? Grant(person, session, next) : new(AuthErrors.Invalid);
    }

    private async Task<SignInAnswer> StartAsync(Person person, RegisterRef? register, IPAddress? address, CancellationToken cancellationToken)
    {
        var (session, token) = await sessions.StartAsync(person.Id, register, address?.ToString(), cancellationToken);
        return Grant(person, session, token);
    }

    private SignInAnswer Grant(Person person, Session session, RefreshToken refreshToken)
    {
        var (token, expiresAt) = issuer.Issue(person, session.Id);
        return new(new Grant(new SignedIn(token, expiresAt, person.ToUser()), refreshToken));
    }
}

/// <summary>What a sign-in gives: the answer's body and the cookie.</summary>
public sealed record Grant(SignedIn Answer, RefreshToken RefreshToken);

/// <summary>A grant, or why there is none and how long to wait before trying again.</summary>
public readonly record struct SignInAnswer(Outcome<Grant> Outcome, TimeSpan RetryAfter = default);
