namespace ChainSync.Server.Infrastructure.Startup;

/// <summary>A reason not to start that the person at the terminal can act on: its message is the one sentence they are shown.</summary>
public sealed class StartupException : Exception
{
    public StartupException()
    {
    }

    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
