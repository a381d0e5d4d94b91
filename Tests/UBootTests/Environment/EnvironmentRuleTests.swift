import Testing

@testable import UBoot

struct EnvironmentRuleTests {
    @Test(
        arguments: [
            ("ethaddr", .macAddress, true), ("eth1addr", .macAddress, true), ("eth12addr", .macAddress, true),
            ("ethxaddr", .string, false), ("ethaddress", .string, false), ("ipaddr", .ipAddress, false),
            ("serverip", .ipAddress, false), ("serial#", .string, true), ("vlan", .decimal, false),
            ("x", .string, false),
        ] as [(ByteString, EnvironmentType, Bool)])
    func namesHaveRules(_ name: ByteString, _ type: EnvironmentType, _ isWriteOnce: Bool) {
        let rule = EnvironmentRule.rule(for: name)
        #expect(rule.type == type)
        #expect(rule.isWriteOnce == isWriteOnce)
    }

    @Test(
        arguments: [
            (.decimal, "12", true), (.decimal, "1a", false), (.hexadecimal, "1a", true), (.hexadecimal, "0x1a", true),
            (.hexadecimal, "1g", false), (.boolean, "y", true), (.boolean, "1", true), (.boolean, "f", true),
            (.ipAddress, "1.2.3.4", true), (.ipAddress, "1.2.3", false), (.ipAddress, "1.2.3.4.5", false),
            (.ipAddress, "256.1.1.1", true), (.macAddress, "00:11:22:aA:bB:fF", true),
            (.macAddress, "00:11:22:33:44", false), (.macAddress, "00-11-22-33-44-55", false), (.string, "", true),
            (.macAddress, "0:1:2:3:4:5", true), (.macAddress, "00:11:22:33:44:555", false),
            (.macAddress, "00:11:22:33:44:", false), (.macAddress, "00:11:22:33:44:55:", false),
            (.macAddress, "00:11:22:33:44:0x", false), (.macAddress, "", false),
        ] as [(EnvironmentType, ByteString, Bool)])
    func typesAcceptValues(_ type: EnvironmentType, _ value: ByteString, _ isAccepted: Bool) {
        #expect(type.accepts(value) == isAccepted)
    }

    @Test(
        arguments: [
            ("a:d", .decimal, false), ("a:do", .decimal, true), ("b:x,a:mo", .macAddress, true), ("b:d", nil, false),
            ("a", .string, false), ("a:", .string, false), ("a:?", .string, false), ("", nil, false),
        ] as [(ByteString, EnvironmentType?, Bool)])
    func listsHaveRules(_ flags: ByteString, _ type: EnvironmentType?, _ isWriteOnce: Bool) {
        let rule = EnvironmentRule.rule(for: "a", inList: flags)
        #expect(rule?.type == type)
        #expect((rule?.isWriteOnce ?? false) == isWriteOnce)
    }
}
