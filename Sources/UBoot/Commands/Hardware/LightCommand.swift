/// The command `led`.
enum LightCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "led", maximumArguments: 4, summary: "manage LEDs",
            usage: """
                <led_label> on|off|toggle\tChange LED state
                led <led_label>\tGet LED state
                led list\t\tshow a list of LEDs
                """,
            body: { call, machine in run(call, &machine) })
    ]

    private static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard call.count > 1 else { return .usage }
        let lights = machine.description.hardware.lights
        let label = call.word(1)
        if label == "list" {
            for light in lights {
                let padding = String(repeating: " ", count: max(0, 15 - light.count))
                machine.print("\(light)\(padding) \(state(light, machine, unset: "<inactive>"))\n")
            }
            return .success
        }
        guard lights.contains(label) else {
            machine.print("LED '\(label)' not found (err=-19)\n")
            return .failure
        }
        guard let order = call[2] else {
            machine.print("LED '\(label)': \(state(label, machine, unset: "off"))\n")
            return .success
        }
        // The first of these that begins with the word counts, so `o` is off; another word does nothing.
        let isOn: Bool
        switch ["off", "on", "toggle"].first(where: { $0.utf8.starts(with: order.bytes) }) {
        case "off": isOn = false
        case "on": isOn = true
        case "toggle": isOn = machine.hardware.lights[label] != true
        default: return .success
        }
        machine.hardware.lights[label] = isOn
        machine.recordEffect(on: "led \(label.display)", isOn ? "switched on" : "switched off", call)
        return .success
    }

    private static func state(_ label: ByteString, _ machine: Machine, unset: ByteString) -> ByteString {
        machine.hardware.lights[label].map { $0 ? "on" : "off" } ?? unset
    }
}
