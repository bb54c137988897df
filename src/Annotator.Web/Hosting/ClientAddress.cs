using System.Net;
using System.Net.Sockets;

namespace Annotator.Web.Hosting;

/// <summary>The network address of a client, as far as it is counted by.</summary>
internal static class ClientAddress
{
    /// <returns>
    /// An IPv4 address, or the first 64 bits of an IPv6 one: whoever has one of these addresses has all of that network.
    /// </returns>
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
