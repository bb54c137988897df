using System.Diagnostics;
using System.Runtime.InteropServices;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Lets the kernel stop this process when it takes too much. For a process that reads one document and ends.</summary>
public static class ProcessLimits
{
    // Resources of setrlimit as Linux numbers them.
    private const int ProcessorTime = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;

    /// <summary>Private memory of a .NET process besides its managed heap: code, stacks of threads, what libraries hold.</summary>
    private const long Unmanaged = 768L * Limits.Megabyte;

    /// <summary>Nothing happens where there is no such kernel (<see cref="TextWorkerOptions.AreKept"/>).</summary>
    /// <param name="seconds">Processor time.</param>
    /// <param name="megabytes">Managed memory.</param>
    public static void Apply(int seconds, int megabytes)
    {
        using var self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.BelowNormal;
        if (!TextWorkerOptions.AreKept)
            return;
        Set(ProcessorTime, seconds, seconds + 1);
        Set(Data, (long)megabytes * Limits.Megabyte + Unmanaged);
        // It writes to a pipe only.
        Set(FileSize, 0);
        Set(Core, 0);
    }

    private static void Set(int resource, long most) => Set(resource, most, most);

    private static void Set(int resource, long soft, long hard)
    {
        var limit = new Limit { Soft = (ulong)soft, Hard = (ulong)hard };
        if (setrlimit(resource, in limit) != 0)
            throw new InvalidOperationException($"Limit {resource} cannot be set: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
