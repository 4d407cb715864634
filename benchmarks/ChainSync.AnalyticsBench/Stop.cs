using System.Runtime.InteropServices;

namespace ChainSync.AnalyticsBench;

/// <summary>Ends a run early: after its time, or when a person or a supervisor asks for it. A second signal ends it at once.</summary>
internal sealed class Stop : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _signals;
    private int _signal;

    public Stop(TimeSpan limit)
    {
        _source = new CancellationTokenSource(limit);
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask)];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>As shells tell it: 128 and the signal's number; 1 when the time was up, 0 when nothing was cut.</summary>
    public int ExitCode => !Token.IsCancellationRequested ? 0 : _signal == 0 ? 1 : 128 + _signal;

    public string Reason => _signal == 0 ? "its time was up" : "it was told to stop";

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _source.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel = _signal == 0;
        _signal = context.Signal == PosixSignal.SIGINT ? 2 : 15;
        _source.Cancel();
    }
}
