using System.Diagnostics;
using System.Globalization;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;
using Annotator.Web.Hosting;

namespace Annotator.Tests.Domain.Sources.Texts;

/// <summary>Reading happens in other processes: what they may take, and what the program is spared.</summary>
public sealed class TextWorkersTests
{
    private static readonly DocumentInfo Text = new() { Name = "a.txt" };

    [Fact]
    public async Task What_is_read_comes_with_its_headings_and_what_was_left_out()
    {
        var read = await TestStore.Workers.ReadAsync(
            Stream("# 雨\n\nSome *words*. ![](x.png) <video></video>\n\n## 二 <ruby>字<rt>じ</rt></ruby>\n"),
            new DocumentInfo { Name = "a.md" },
            null,
            Ct);
        Assert.Equal(("雨\nSome words.\n二 字\n", TextFormats.Markdown, "雨"), (read.Text, read.Format, read.Title));
        Assert.Equal([new OutlineEntry(1, "雨", 0), new OutlineEntry(2, "二 字", 14)], read.Outline);
        Assert.Equal([new LeftOut("image", "no_words", 1), new LeftOut("media", "no_words", 1)], read.LeftOut);
    }

    [Fact]
    public async Task A_file_of_200_megabytes_is_refused_before_it_is_read()
    {
        var file = new Endless(200L * Limits.Megabyte);
        var refused = await Assert.ThrowsAsync<Invalid>(() => TestStore.Workers.ReadAsync(file, Text, null, Ct));
        Assert.Equal(
            ("file", "file_too_large", TextWorkerOptions.LargestFile / Limits.Megabyte), (refused.Field, refused.Reason, refused.Limit));
        Assert.InRange(file.Position, 0, 26L * Limits.Megabyte);
    }

    [Fact]
    public async Task Others_wait_in_order_and_hear_how_many_are_before_them()
    {
        using var workers = new TextWorkers(new TextWorkerOptions { Program = WorkerProgram.Command, AtOnce = 1 });
        var slow = new Gate();
        var first = workers.ReadAsync(slow, Text, null, Ct);
        var (second, third) = (new Positions(), new Positions());
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var left = workers.ReadAsync(Stream("Two."), Text, second, leaves.Token);
        var last = workers.ReadAsync(Stream("Three."), Text, third, Ct);
        Assert.Equal([1], second.Told);
        Assert.Equal([2], third.Told);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal([2, 1], third.Told);
        slow.Open();
        await first;
        Assert.Equal("Three.\n", (await last).Text);
        Assert.Equal([2, 1, 0], third.Told);
    }

    [Fact]
    public async Task What_takes_more_memory_than_the_limit_is_refused()
    {
        // Time enough, so that memory is the limit that is met on a slow machine too.
        using var workers = new TextWorkers(new TextWorkerOptions { Program = WorkerProgram.Command, Megabytes = 96, Seconds = 300 });
        var table = Bombs.All.Single(b => b.Name is "table.md");
        var refused =
            await Assert.ThrowsAsync<Invalid>(() =>
                workers.ReadAsync(new MemoryStream(table.Content), new DocumentInfo { Name = table.Name }, null, Ct));
        Assert.Equal(("file", "too_much_memory", 96), (refused.Field, refused.Reason, refused.Limit));
    }

    [Fact]
    public async Task Who_leaves_stops_the_work_at_once()
    {
        // A number that no other process of these tests has among its arguments.
        const int megabytes = 397;
        using var workers = new TextWorkers(new TextWorkerOptions { Program = WorkerProgram.Command, Megabytes = megabytes });
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var reading = workers.ReadAsync(Stream(Bombs.Brackets), new DocumentInfo { Name = "a.md" }, null, leaves.Token);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are listed as Linux lists them.");
        Assert.Single(Processes());
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Empty(Processes());

        IEnumerable<string> Processes() =>
            Directory.EnumerateFiles(
                "/proc",
                "cmdline",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true })
                .Where(f => TextOf(f).Contains($"--megabytes\0{megabytes}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_process_gets_none_of_the_settings_of_the_program()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Asks a shell.");
        Environment.SetEnvironmentVariable("ConnectionStrings__TextWorkersTests", "Password=secret");
        using var workers = new TextWorkers(new TextWorkerOptions { Program = ["/bin/sh", "-c", "env | cut -d= -f1 >&2; exit 1"] });
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => workers.ReadAsync(Stream("Words."), Text, null, Ct));
        Assert.Contains("PATH", failed.Message, StringComparison.Ordinal);
        Assert.Contains("DOTNET_GCHeapHardLimit", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ConnectionStrings", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill -SEGV $$", "unreadable")]
    [InlineData("echo 'Out of memory.' >&2; kill -ABRT $$", "too_much_memory")]
    [InlineData("kill -XCPU $$", "too_slow_to_read")]
    public async Task A_process_that_breaks_down_is_a_refusal(string script, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals as Linux numbers them.");
        using var workers = new TextWorkers(new TextWorkerOptions { Program = ["/bin/sh", "-c", script] });
        Assert.Equal(reason, (await Assert.ThrowsAsync<Invalid>(() => workers.ReadAsync(Stream("Words."), Text, null, Ct))).Reason);
    }

    [Fact]
    public async Task A_process_that_waits_ready_is_used()
    {
        using var workers = new TextWorkers(new TextWorkerOptions { Program = WorkerProgram.Command });
        workers.WarmUp();
        Assert.Equal("Words.\n", (await workers.ReadAsync(Stream("Words."), Text, null, Ct)).Text);
        Assert.Equal("More.\n", (await workers.ReadAsync(Stream("More."), Text, null, Ct)).Text);
    }

    internal static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class Positions : IProgress<int>
    {
        public List<int> Told { get; } = [];

        public void Report(int value) => Told.Add(value);
    }

    /// <summary>A document that is not there yet.</summary>
    private sealed class Gate : MemoryStream
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Gate() : base("One."u8.ToArray()) { }

        public void Open() => _open.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _open.Task.WaitAsync(cancellationToken);
            return Read(buffer.Span);
        }
    }

    /// <summary>The letter a, as often as it is long; does not say how long it is.</summary>
    private sealed class Endless(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            Position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
