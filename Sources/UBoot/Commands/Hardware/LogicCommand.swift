/// The command `fpga`.
enum LogicCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "fpga", maximumArguments: 9, summary: "loadable FPGA image support",
            usage: """
                [operation type] [device number] [image address] [image size]
                fpga operations:
                  dump\t[dev] [address] [size]\tLoad device to memory buffer
                  info\t[dev]\t\t\tlist known device information
                  load\t[dev] [address] [size]\tLoad device from memory buffer
                  loadp\t[dev] [address] [size]\tLoad device from memory buffer with partial bitstream
                  loadb\t[dev] [address] [size]\tLoad device from bitstream buffer (Xilinx only)
                  loadbp\t[dev] [address] [size]\tLoad device from bitstream buffer with partial bitstream(Xilinx \
                only)
                Load device from filesystem (FAT by default) (Xilinx only)
                  loadfs [dev] [address] [image size] [blocksize] <interface>
                        [<dev[:part]>] <filename>
                  loadmk [dev] [address]\tLoad device generated with mkimage
                \tFor loadmk operating on FIT format uImage address must include
                \tsubimage unit name in the form of addr:<subimg_uname>
                """,
            body: { call, machine in try run(call, &machine) })
    ]

    /// The kinds of loads, how many words they take, and the function that complains about a wrong device number.
    private static let operations: [ByteString: (words: Int, function: String)] = [
        "dump": (5, "fpga_dump"), "load": (5, "fpga_load"), "loadb": (5, "fpga_loadbitstream"),
        "loadp": (5, "fpga_load"), "loadbp": (5, "fpga_loadbitstream"),
    ]

    private static func run(_ call: CommandCall, _ machine: inout Machine) throws -> CommandStatus {
        guard call.count > 1 else { return .usage }
        let operation = call.word(1)
        if operation == "info" { return inform(call, &machine) }
        guard let (words, function) = operations[operation], call.count == words else { return .usage }
        // Numbers are hexadecimal here, the size too: `fpga load 0 $addr $filesize` is right as it is.
        let (device, address, size) = (call.hex(2), call.hex(3), call.hex(4))
        guard size > 0 else { return .usage }
        let devices = machine.description.hardware.logic
        guard device < UInt64(devices.count) else {
            machine.print("\(function): Invalid device number \(device)\nCommand '\(operation)' failed: Error 1\n")
            return .failure
        }
        let range = AddressRange(start: Address(address), size: min(size, UInt64.max - address))
        // A load reads all of it, so what is not memory is a bus error.
        if operation != "dump" { try machine.memory.withBytes(range) { _ in } }
        let logic = devices[Int(device)]
        machine.print(logic.message)
        machine.recordEffect(
            on: "fpga \(device)",
            "\(operation.display) of 0x\(hexadecimal(size)) bytes at 0x\(hexadecimal(address))"
                + (logic.takesLoads ? "" : " failed"), call)
        guard logic.takesLoads else {
            machine.print("Command '\(operation)' failed: Error 1\n")
            return .failure
        }
        return .success
    }

    private static func inform(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        let count = machine.description.hardware.logic.count
        let device = call[2] ?? machine.environment["fpga"]
        guard let device else {
            guard count == 0 else { return unsimulated(&machine) }
            machine.print("fpga_info: No FPGA devices available.\nCommand 'info' failed: Error 1\n")
            return .failure
        }
        guard Numbers.hex(device) < UInt64(count) else {
            machine.print("fpga_dev_info: Invalid device number \(Numbers.hex(device))\n")
            machine.print("Command 'info' failed: Error 1\n")
            return .failure
        }
        return unsimulated(&machine)
    }

    /// What a driver tells about its device is not simulated.
    private static func unsimulated(_ machine: inout Machine) -> CommandStatus {
        machine.recorder.markCurrent(.unsimulated)
        machine.print("ibtest: 'fpga info' is not simulated\n")
        return .failure
    }
}
