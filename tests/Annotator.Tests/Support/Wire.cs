using System.Net.Sockets;
using System.Text;

namespace Annotator.Tests.Support;

/// <summary>Requests as they go over the wire, also those that no browser sends.</summary>
internal static class Wire
{
    /// <param name="address">Where the program listens.</param>
    /// <param name="request">As it is sent; its lines end as C# lines do.</param>
    /// <returns>The answer up to the end of its page, or of the connection.</returns>
    public static async Task<string> AskAsync(Uri address, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Ct);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ReplaceLineEndings("\r\n")), Ct);
        var answer = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!answer.ToString().Contains("</html>", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, Ct);
            if (read == 0)
                break;
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    /// <summary>The status of an answer.</summary>
    public static int StatusOf(string answer) =>
        answer.Split(' ') is [_, var status, ..] ? int.Parse(status, System.Globalization.CultureInfo.InvariantCulture) : 0;
}
