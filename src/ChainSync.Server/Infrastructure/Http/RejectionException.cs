using ChainSync.Core;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>Carries a refusal out of parameter binding, which has no other way to answer. Handlers return refusals instead.</summary>
public sealed class RejectionException(Rejection rejection) : Exception(rejection.Detail)
{
    public Rejection Rejection { get; } = rejection;
}
