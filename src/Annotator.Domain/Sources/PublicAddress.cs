using System.Net;
using System.Net.Sockets;

namespace Annotator.Domain.Sources;

/// <summary>Which addresses belong to the public Internet, after the special-purpose registries of IANA.</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Looks public, but is the host beneath a virtual machine of Azure.
        "168.63.129.16/32");

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Protocols (with Teredo), documentation, 6to4 and documentation again: tunnels lead to whatever IPv4 address they carry.
    private static readonly IPNetwork[] Special6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>Networks with IPv6 alone reach IPv4 by this one.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>
    /// Whether an address is globally reachable by the registries of IANA (RFC 6890). An IPv6 address that stands for an IPv4
    /// address (mapped, NAT64) is judged by that one; tunnels (Teredo, 6to4) are not public.
    /// </summary>
    public static bool Includes(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        else if (Nat64.Contains(address))
            address = new IPAddress(address.GetAddressBytes().AsSpan(12));
        return address.AddressFamily is AddressFamily.InterNetwork
            ? !Special.Any(network => network.Contains(address))
            : Global6.Contains(address) && !Special6.Any(network => network.Contains(address));
    }

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
