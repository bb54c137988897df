using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Annotator.Tests.Architecture;

/// <summary>One door leads out to other servers, and one listens to the database.</summary>
public sealed partial class ConnectionTests
{
    private static readonly HashSet<string> Outbound = new(StringComparer.Ordinal)
    {
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.HttpClientHandler",
        "System.Net.Http.SocketsHttpHandler",
        "System.Net.Http.IHttpClientFactory", "System.Net.WebSockets.ClientWebSocket", "System.Net.WebClient", "System.Net.WebRequest",
        "System.Net.HttpWebRequest",
        "System.Net.Mail.SmtpClient", "System.Net.Dns", "System.Net.Quic.QuicConnection", "System.Net.Sockets.Socket",
        "System.Net.Sockets.TcpClient",
        "System.Net.Sockets.UdpClient", "System.Net.Sockets.TcpListener", "System.Net.NetworkInformation.Ping",
    };

    [Fact]
    public void Only_the_fetcher_goes_out() => Assert.Empty(
        ((string[])[CodeBase.EmbeddedPostgres, CodeBase.Domain, CodeBase.Web]).SelectMany(GoingOut));

    [Fact]
    public void Whoever_else_goes_out_is_caught() => Assert.Equal(
        [
            "Callout uses System.Net.Http.HttpClient",
            "EmbeddedPostgres.Client uses System.Net.Sockets.TcpClient",
            "NotTheFetcher uses System.Net.Sockets.Socket",
        ],
        GoingOut(
            CodeBase.Guilty + ".Connections").Select(found =>
                found.Replace(CodeBase.Guilty + ".Connections.", "", StringComparison.Ordinal))
            .Select(found => found.Replace("Sources.", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Only_the_change_log_listens_to_the_database() =>
        Assert.Empty(SourceTree.Production.Where(f => f.IsCSharp && !f.IsGenerated).SelectMany(Listening));

    [Theory]
    [InlineData("\"LISTEN change\"")]
    [InlineData("$\"listen {channel}\"")]
    [InlineData("\"\"\"\n  NOTIFY change, '1'\n  \"\"\"")]
    [InlineData("\"select pg_notify('change', '1')\"")]
    [InlineData("@\"unlisten *\"")]
    public void Whoever_else_listens_is_caught(string literal)
    {
        var text = $"var a = 0; var sql = {literal};";
        Assert.Single(Listening(new SourceFile("src/Annotator.Domain/Search/Eavesdropper.cs", text)));
        Assert.Empty(Listening(new SourceFile("src/Annotator.Domain/Changes/ChangeListener.cs", text)));
    }

    [Fact]
    public void Speaking_of_listening_is_no_crime() => Assert.Empty(Listening(new SourceFile("src/Annotator.Web/Program.cs",
        "/* LISTEN */ var listen = \"listen_addresses\"; var help = \"Listen on this port\"; var more = $\"Notify me of {listen}\";")));

    private static IEnumerable<string> GoingOut(string root) =>
        from use in CodeBase.UsesIn(root)
        where Outbound.Contains(use.To)
        where !FetcherName().IsMatch(use.From)
        // A free port, where there are no Unix sockets.
        where !(use.FromNamespace.EndsWith(".EmbeddedPostgres", StringComparison.Ordinal) && use.To is "System.Net.Sockets.TcpListener")
        select use.ToString();

    private static IEnumerable<string> Listening(SourceFile file) =>
        from token in file.Root.DescendantTokens()
        where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
        where ListenOrNotify().IsMatch(token.ValueText) && !file.Path.Contains("/Changes/", StringComparison.Ordinal)
            // Its trigger was made by a migration.
            && !file.Path.EndsWith("_ChangeLog.cs", StringComparison.Ordinal)
        select $"{file.Path} says {token.ValueText}";

    [GeneratedRegex(@"\.Sources\.Fetcher([+/<].*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FetcherName();

    // At the end of the text or before a payload: "listen on port 80" is English.
    [GeneratedRegex(
        @"^\s*(?:un)?listen\s+[\w""*]*\s*;?\s*$|^\s*notify\s+[\w""]*\s*(?:,|;|$)|pg_notify",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex ListenOrNotify();
}
