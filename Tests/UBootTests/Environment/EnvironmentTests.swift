import Testing

@testable import UBoot

struct EnvironmentTests {
    static let protected: [Exchange] = [
        Exchange("setenv a=b 1", "## Error: illegal character '='in variable name \"a=b\"\n", 1),
        Exchange(
            "setenv ethaddr 52:52:52:52:52:53",
            """
            ## Error: Can't overwrite "ethaddr"
            ## Error inserting "ethaddr" variable, errno=1

            """, 1),
        Exchange("setenv -f ethaddr 52:52:52:52:52:53\nprintenv ethaddr", "ethaddr=52:52:52:52:52:53\n"),
        Exchange("setenv ethaddr", "## Error: Can't delete \"ethaddr\"\n", 1),
        Exchange(
            "setenv serial# 1; setenv serial# 2",
            """
            ## Error: Can't overwrite "serial#"
            ## Error inserting "serial#" variable, errno=1

            """, 1),
        Exchange(
            "setenv eth1addr zz",
            """
            ## Error: flags type check failure for "eth1addr" <= "zz" (type: m)
            ## Error inserting "eth1addr" variable, errno=1

            """, 1),
        Exchange(
            "setenv eth1addr 00:11:22:33:44:55; setenv eth1addr 00:11:22:33:44:56",
            """
            ## Error: Can't overwrite "eth1addr"
            ## Error inserting "eth1addr" variable, errno=1

            """, 1),
        Exchange(
            "setenv ipaddr nonsense\nprintenv ipaddr",
            """
            ## Error: flags type check failure for "ipaddr" <= "nonsense" (type: i)
            ## Error inserting "ipaddr" variable, errno=1
            ## Error: "ipaddr" not defined

            """, 1),
        Exchange("setenv ipaddr 1.2.3.4\nprintenv ipaddr", "ipaddr=1.2.3.4\n"),
        Exchange("setenv ipaddr 1.2.3.256", ""),
        Exchange("setenv stdin", "Can't delete \"stdin\"\n", 1),
        Exchange(
            "setenv baudrate 4711",
            """
            ## Baudrate 4711 bps not supported
            ## Error inserting "baudrate" variable, errno=22

            """, 1),
        Exchange(
            "setenv vlan x",
            """
            ## Error: flags type check failure for "vlan" <= "x" (type: d)
            ## Error inserting "vlan" variable, errno=1

            """, 1),
        Exchange("setenv vlan 12", ""),
        Exchange("setenv .flags n:d\nsetenv n x\nsetenv n 5\nprintenv n", "n=5\n"),
        Exchange("setenv .flags n:so\nsetenv n x\nsetenv n y", ""),
        Exchange(
            "setenv n 1; setenv .flags n:d; setenv n x; setenv n 5; setenv n; setenv n x; printenv n",
            """
            ## Error: flags type check failure for "n" <= "x" (type: d)
            ## Error inserting "n" variable, errno=1
            n=x

            """),
        Exchange(
            "setenv n 1; setenv .flags n:so; setenv n 2; setenv .flags; setenv n 3; printenv n",
            """
            ## Error: Can't overwrite "n"
            ## Error inserting "n" variable, errno=1
            n=3

            """),
    ]

    @Test(arguments: protected)
    func namesAreProtected(_ exchange: Exchange) throws { try exchange.check() }

    /// The recording: `setenv b "$a$a$a$a"` with 1 MiB in `a` prints `## Can't malloc 4194305 bytes`.
    @Test func thereIsLittleMemoryForOneValue() throws {
        var machine = try TestBoard.machine()
        let value = ByteString([UInt8](repeating: 0x61, count: 4 << 20))
        let place = ScriptPlace(source: "<prompt>", line: 1, column: 1)
        let status = try machine.call(["setenv", "a", value], at: place)
        #expect(status == 1)
        #expect(machine.console.text(from: 0) == "## Can't malloc 4194305 bytes\n")
        #expect(machine.environment["a"] == nil)
    }

    @Test func manyLargeValuesDoNotFit() throws {
        var environment = Environment(defaults: [:])
        let value = ByteString([UInt8](repeating: 0x61, count: 1 << 20))
        for index in 0..<7 { try environment.change("v\(index)", to: value) }
        #expect(throws: Environment.Refusal.noMemory) { try environment.change("last", to: value) }
        try environment.delete("v0")
        try environment.change("last", to: value)
    }

    @Test func defaultsComeBack() throws {
        var environment = Environment(defaults: ["a": "1", "b": "2"], runtime: ["b": "3"])
        #expect(environment["b"] == "3")
        try environment.change("a", to: "4")
        try environment.change("c", to: "5")
        environment.reset()
        #expect(environment.names == ["a", "b"])
        #expect(environment["b"] == "2")
    }

    @Test func namesAreListedByTheirBytes() throws {
        let environment = Environment(defaults: ["b": "", "B": "", "a1": "", "a": "", "_": ""])
        #expect(environment.names == ["B", "_", "a", "a1", "b"])
    }

    @Test func anEmptyValueIsAValue() throws {
        var environment = Environment(defaults: [:])
        try environment.change("a", to: "")
        #expect(environment["a"] == "")
        try environment.delete("a")
        #expect(environment["a"] == nil)
        try environment.delete("a")
    }

    @Test(arguments: [("0x40", 0x40), ("40", 0x40), ("zz", 0), ("", 0)] as [(ByteString, UInt64)])
    func addressesAreHexadecimal(_ text: ByteString, _ value: UInt64) {
        #expect(Environment(defaults: ["a": text]).address("a") == value)
    }
}
