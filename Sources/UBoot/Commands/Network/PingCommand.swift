/// The command `ping`.
///
/// Hosts that the board file's network names answer; so does whatever lies behind a gateway that is one of them.
enum PingCommand {
    static let command = CommandDefinition(
        "ping", minimumArguments: 2, maximumArguments: 2, summary: "send ICMP ECHO_REQUEST to network host",
        usage: "pingAddress",
        body: { call, machine in run(call, &machine) })

    private static let tries = 4

    private static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let host = IPv4(call.word(1))
        guard !host.isZero else { return .usage }
        if reaches(host, &machine) {
            machine.print("host \(call.word(1)) is alive\n")
            return .success
        }
        machine.print("ping failed; host \(call.word(1)) is not alive\n")
        return .failure
    }

    private static func reaches(_ host: IPv4, _ machine: inout Machine) -> Bool {
        guard let network = machine.description.network else {
            machine.print("No ethernet found.\n")
            return false
        }
        machine.environment.set("ethact", network.device)
        guard !machine.network["ipaddr"].isZero else {
            machine.print("*** ERROR: `ipaddr' not set\n")
            return false
        }
        machine.print("Using \(network.device) device\n")
        let known = network.leases.values.map { IPv4($0) }.filter { !$0.isZero }
        let (own, mask, gateway) = (machine.network["ipaddr"], machine.network["netmask"], machine.network["gatewayip"])
        let isOutside = !mask.isZero && own.value & mask.value != host.value & mask.value
        if isOutside, gateway.isZero {
            for _ in 0..<tries { machine.print("## Warning: gatewayip needed but not set\n") }
        }
        let next = isOutside && !gateway.isZero ? gateway : host
        if known.contains(where: { $0.value == next.value && $0.value != own.value }) { return true }
        machine.print("\nARP Retry count exceeded; starting again\n")
        return false
    }
}
