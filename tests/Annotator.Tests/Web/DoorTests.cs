using System.Reflection;
using Annotator.Tests.Domain.Access;
using Annotator.Web;
using Annotator.Web.Commands;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>No page, endpoint or command leads past the doors of the matrix test.</summary>
public sealed class DoorTests
{
    /// <summary>These show nothing that people wrote.</summary>
    private static readonly string[] Plain =
    [
        "/sign-in", "/sign-up", "/sign-out", "/settings", "/settings/password", "/account", "/admin", "/preferences",
        "/preferences/reading", "/error", "/preview", "/.well-known/security.txt",
        "/manifest.webmanifest", "/install", "/add",
        "/demo/remove", "/sources/text/queue/{ticket:guid}", "/health/live", "/health/ready",
        "user add", "user list", "user invite", "user lock", "user unlock", "user password", "user rename", "user remove",
        "demo load", "demo remove", "migrate", "index rebuild", "text read", "source merge", "source part", "source remove",
        "source restore", "doctor",
    ];

    [Fact]
    public async Task Every_endpoint_and_page_has_a_door()
    {
        var builder = AnnotatorApp.Prepare(["--applicationName", "Annotator.Web"]);
        await using var app = AnnotatorApp.Build(builder, "Host=localhost;Database=none", new AnnotatorOptions());
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'));
        var pages = typeof(AnnotatorApp).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>())
            .Select(r => r.Template);
        Assert.Equal([], Without(endpoints.Concat(pages).Where(e => !IsFramework(e))));
    }

    [Fact]
    public void Every_command_has_a_door()
    {
        var files = Architecture.SourceTree.Production.Where(f => f.Path.Contains("/Commands/", StringComparison.Ordinal) && f.IsCSharp);
        var commands =
            files.SelectMany(f =>
                System.Text.RegularExpressions.Regex.Matches(
                    f.Text,
                    "new Command\\(\"(?<name>[a-z]+)\"",
                    System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)))
                .Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("search", commands);
        var known = Known().SelectMany(k => k.Split(' ')).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], commands.Where(c => !known.Contains(c)));
    }

    [Fact]
    public void A_page_without_a_door_is_caught() => Assert.Equal(["/everything"], Without(["/search", "/everything"]));

    private static IEnumerable<string> Without(IEnumerable<string> edges) =>
        edges.Except(Known(), StringComparer.OrdinalIgnoreCase).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Known() =>
        Doors.All.Concat(TextDoors.All).SelectMany(d => d.Edges).Concat(Doors.Elsewhere.Keys).Concat(Plain);

    // Files, and the connection of circuits.
    private static bool IsFramework(string route) =>
        Path.HasExtension(route) || route.StartsWith("/_", StringComparison.Ordinal) || route.Contains("{**", StringComparison.Ordinal);
}
