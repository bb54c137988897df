using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Annotator.Benchmarks;

/// <summary>The process that asks: connections that are kept, each with one request at a time; answers are counted, not read.</summary>
internal static class LoadGenerator
{
    private const int MaxRequests = 200_000;

    public static Command Command()
    {
        var address = new Argument<string>("address");
        var path = new Argument<string>("path");
        var connections = new Option<int>("--connections");
        var seconds = new Option<int>("--seconds");
        var expected = new Option<int>("--expected");
        var vary = new Option<bool>("--vary");
        var cookie = new Option<string?>("--cookie");
        var tag = new Option<string?>("--tag");
        var command = new Command(
            "requests", "Ask a running program for one page") { address, path, connections, seconds, expected, vary, cookie, tag };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            var plan = new LoadPlan(
                parsed.GetValue(path)!, parsed.GetValue(vary), parsed.GetValue(cookie), parsed.GetValue(tag),
                parsed.GetValue(expected), parsed.GetValue(connections), parsed.GetValue(seconds));
            await Console.Out.WriteLineAsync((await RunAsync(new Uri(parsed.GetValue(address)!), plan, ct)).ToString());
        });
        return command;
    }

    private static async Task<LoadResult> RunAsync(Uri address, LoadPlan plan, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var runs = Enumerable.Range(0, plan.Connections).Select(number => AskAsync(address, plan, number, start, ct)).ToArray();
        var asked = await Task.WhenAll(runs);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var times = asked.SelectMany(a => a.Times).Order().ToList();
        return new LoadResult(
            times.Count,
            asked.Sum(a => a.Failed),
            seconds,
            At(times, 0.5),
            At(times, 0.99),
            Environment.CpuUsage.TotalTime.TotalMilliseconds);
    }

    private static double At(List<double> times, double share) => times.Count == 0 ? 0 : times[(int)(share * (times.Count - 1))];

    private static async Task<(List<double> Times, int Failed)> AskAsync(
        Uri address, LoadPlan plan, int number, long start, CancellationToken ct)
    {
        var (times, failed) = (new List<double>(), 0);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, ct);
        var answers = new AnswerReader(socket);
        for (var i = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < plan.Seconds && i < MaxRequests / plan.Connections; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            await socket.SendAsync(Encoding.UTF8.GetBytes(Request(address, plan, $"{number}.{start}.{i}")), ct);
            var status = await answers.NextAsync(ct);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            failed += status == plan.Expected ? 0 : 1;
        }

        return (times, failed);
    }

    private static string Request(Uri address, LoadPlan plan, string turn)
    {
        var path = plan.Varies ? $"{plan.Path}{(plan.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}turn={turn}" : plan.Path;
        var request = new StringBuilder(
            string.Create(CultureInfo.InvariantCulture, $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/html\r\n"));
        if (plan.Cookie is not null)
            request.Append(CultureInfo.InvariantCulture, $"Cookie: {plan.Cookie}\r\n");
        if (plan.Tag is not null)
            request.Append(CultureInfo.InvariantCulture, $"If-None-Match: {plan.Tag}\r\n");
        return request.Append("\r\n").ToString();
    }
}

/// <summary>Reads HTTP/1.1 answers off a connection up to their ends.</summary>
internal sealed class AnswerReader(Socket socket)
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <returns>The status.</returns>
    public async Task<int> NextAsync(CancellationToken ct)
    {
        var head = Encoding.ASCII.GetString(await LineAsync("\r\n\r\n"u8.ToArray(), ct));
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            await SkipChunksAsync(ct);
        else if (head.IndexOf("\r\nContent-Length: ", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            await SkipAsync(int.Parse(head.AsSpan(at + 18, head.IndexOf('\r', at + 18) - at - 18), CultureInfo.InvariantCulture), ct);
        return status;
    }

    private async Task SkipChunksAsync(CancellationToken ct)
    {
        for (var size = 1; size > 0;)
        {
            size = int.Parse(
                Encoding.ASCII.GetString(await LineAsync("\r\n"u8.ToArray(), ct)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await SkipAsync(size + 2, ct);
        }
    }

    private async Task<byte[]> LineAsync(byte[] end, CancellationToken ct)
    {
        int length;
        while ((length = _buffer.AsSpan(_start.._end).IndexOf(end)) < 0)
            await FillAsync(ct);
        var line = _buffer.AsSpan(_start, length).ToArray();
        _start += length + end.Length;
        return line;
    }

    private async Task SkipAsync(int count, CancellationToken ct)
    {
        for (var left = count; ;)
        {
            var there = Math.Min(left, _end - _start);
            (_start, left) = (_start + there, left - there);
            if (left == 0)
                return;
            await FillAsync(ct);
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), ct);
        _end += read > 0 ? read : throw new EndOfStreamException("The program closed the connection.");
    }
}
