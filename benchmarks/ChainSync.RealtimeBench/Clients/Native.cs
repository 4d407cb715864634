using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ChainSync.RealtimeBench.Clients;

/// <summary>The few calls of Linux that the base library does not offer: epoll without a thread pool behind it, and another process's CPU clock.</summary>
internal static partial class Native
{
    public const int Readable = 0x001;
    private const int AddDescriptor = 1;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Integers per <c>struct epoll_event</c>: packed on x86-64 only, where the data follows the flags without a gap.</summary>
    public static readonly int EventStride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 3 : 4;

    public static int CreateEpoll() => Checked(epoll_create1(CloseOnExec));

    /// <summary>Watches a descriptor for reading; <paramref name="tag"/> comes back with its events.</summary>
    public static void Watch(int epoll, int descriptor, int tag)
    {
        Span<int> entry = stackalloc int[EventStride];
        entry.Clear();
        entry[0] = Readable;
        entry[EventStride - 2] = tag;
        Checked(epoll_ctl(epoll, AddDescriptor, descriptor, ref entry[0]));
    }

    /// <summary>Waits for events; how many there are.</summary>
    public static int Wait(int epoll, Span<int> events, TimeSpan timeout)
    {
        var ticks = Math.Max(0, timeout.Ticks);
        var wait = new Timespec { Seconds = ticks / TimeSpan.TicksPerSecond, Nanoseconds = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        var count = epoll_pwait2(epoll, ref events[0], events.Length / EventStride, in wait, 0);
        return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Checked(count);
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>User and system time of a process, all threads that ever ran included. See clock_getcpuclockid(3) for the clock's number.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        Checked(clock_gettime((~processId << 3) | 2, out var time));
        return TimeSpan.FromMicroseconds((time.Seconds * NanosecondsPerSecond + time.Nanoseconds) / 1000.0);
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, ref int entry);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_pwait2(int epoll, ref int events, int maxEvents, in Timespec timeout, nint signals);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, out Timespec time);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
