/// The commands `test` and `itest`, which only give a status.
enum TestCommands {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "test", maximumArguments: 16, summary: "minimal test like /bin/sh",
            usage: "[args..]",
            body: { call, machine in TestExpression.evaluate(call, &machine) ? .success : .failure }),
        CommandDefinition(
            "itest", maximumArguments: 4, isRepeatable: false, summary: "return true/false on integer compare",
            usage: "[.b, .w, .l, .q, .s] [*]value1 <op> [*]value2",
            body: { call, machine in try IntegerTest.evaluate(call, &machine) }),
    ]
}
