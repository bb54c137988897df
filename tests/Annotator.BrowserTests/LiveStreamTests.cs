using System.Net.Sockets;
using System.Text;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;

namespace Annotator.BrowserTests;

/// <summary>The stream of changes as a program reads it.</summary>
public sealed class LiveStreamTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Who_sees_nothing_of_a_source_may_not_listen_to_it()
    {
        var hidden = await site.Writer.CreateAsync(
            await site.MemberAsync("Ada"),
            new AnnotationDraft { Id = Guid.CreateVersion7(), Source = Texts.Muqaddimah, Body = "For me alone.", Shared = false },
            Ct);
        var seen = await site.SayAsync("Ada", Texts.Walden, "", "For all.", "en");
        foreach (var source in new[] { Texts.SourceOf(hidden), "/sources/nothing", $"/sources/{seen.PublicId}" })
        {
            using var refused = await ListenAsync(source);
            Assert.Equal("HTTP/1.1 404 Not Found", refused.Status);
        }

        using var allowed = await ListenAsync(Texts.SourceOf(seen));
        Assert.Equal("HTTP/1.1 200 OK", allowed.Status);
        // Nothing but what happens from now on.
        await site.AnswerAsync("Ada", seen, "And more.", "en");
        Assert.Equal(1, Count(await allowed.UntilAsync("event: changed"), "event: changed"));
    }

    [Fact]
    public async Task Changes_are_events_that_hold_no_data()
    {
        var said = await site.SayAsync("Ada", Texts.Analects, "", "The first.", "en");
        using var stream = await ListenAsync(Texts.SourceOf(said));
        for (var i = 0; i < 12; i++)
            await site.AnswerAsync("Mei", said, $"Secret {i}", "en");
        var text = await stream.UntilAsync("event: changed\n");
        Assert.InRange(Count(text, "event: changed\n"), 1, 12);
        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens_to_more_than_twenty_streams_at_once()
    {
        var said = await site.SayAsync("Ada", Texts.Walden, "", "Overheard.", "en");
        await Until.HoldsAsync(() => site.Listeners == 0);
        var streams = new List<Stream>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                streams.Add(await ListenAsync(Texts.SourceOf(said)));
                Assert.Equal("HTTP/1.1 200 OK", streams[^1].Status);
            }

            using (var refused = await ListenAsync(Texts.SourceOf(said)))
                Assert.Equal("HTTP/1.1 429 Too Many Requests", refused.Status);
            Assert.Equal(20, site.Listeners);
            streams[0].Dispose();
            await Until.HoldsAsync(() => site.Listeners == 19);
            streams.Add(await ListenAsync(Texts.SourceOf(said)));
            Assert.Equal("HTTP/1.1 200 OK", streams[^1].Status);
        }
        finally
        {
            streams.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task Streams_do_not_hold_up_the_end_of_the_program()
    {
        await using var own = new Site();
        await own.InitializeAsync();
        var said = await own.SayAsync("Ada", Texts.Walden, "", "Until the end.", "en");
        using var stream = await ListenAsync(Texts.SourceOf(said), own);
        Assert.Equal("HTTP/1.1 200 OK", stream.Status);
        await own.EndAsync();
        // A stream that is cut off has no last chunk.
        Assert.EndsWith("0\r\n\r\n", await stream.ToEndAsync(), StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private async Task<Stream> ListenAsync(string source, Site? at = null)
    {
        var address = new Uri((at ?? site).Address);
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Ct);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {source}/changes HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"), Ct);
        var opened = new Stream(client, stream);
        await opened.BeginAsync();
        return opened;
    }

    private sealed class Stream(TcpClient client, NetworkStream stream) : IDisposable
    {
        private readonly byte[] _buffer = new byte[65_536];
        private string _read = "";

        public string Status => _read.Split("\r\n")[0];

        /// <summary>Reads until the head of the answer and the first words are there.</summary>
        public async Task BeginAsync()
        {
            while (!_read.Contains("\r\n\r\n", StringComparison.Ordinal)
                || (Status.Contains("200", StringComparison.Ordinal) && !_read.Contains(":\n\n", StringComparison.Ordinal)))
            {
                Assert.True(await ReadAsync(), "The stream has ended.");
            }
        }

        /// <summary>What has come when a part of it is there.</summary>
        public async Task<string> UntilAsync(string part)
        {
            while (!_read.Contains(part, StringComparison.Ordinal) && await ReadAsync())
                continue;
            return _read;
        }

        /// <summary>All that came until the server has closed the stream.</summary>
        public async Task<string> ToEndAsync()
        {
            while (await ReadAsync())
                continue;
            return _read;
        }

        public void Dispose() => client.Dispose();

        private async Task<bool> ReadAsync()
        {
            var count = await stream.ReadAsync(_buffer, Ct);
            _read += Encoding.UTF8.GetString(_buffer, 0, count);
            return count > 0;
        }
    }
}
