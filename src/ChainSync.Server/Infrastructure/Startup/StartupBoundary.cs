using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ChainSync.Server.Infrastructure.Startup;

/// <summary>
/// The outermost frame of the program: turns what a person can put right into one sentence on stderr and a non-zero
/// exit, and makes Ctrl-C and SIGTERM cancel a start that is still under way, so that nothing is left running.
/// </summary>
public static class StartupBoundary
{
    /// <summary>Runs the program and answers its exit code; unknown exceptions pass through, for they are bugs.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> program)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await program(stopping.Token);
            return Environment.ExitCode;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        IOException { InnerException: AddressInUseException } => exception.Message,
        // The binder's own words name the value and the setting, and it has no type of its own for them.
        InvalidOperationException { InnerException: not null } when exception.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal)
            => exception.Message,
        _ => null,
    };
}
