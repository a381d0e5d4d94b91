/// Commands that talk to chips which only a board file knows.
///
/// What a board file declares answers as the real chip does, and the record says what was done to it; what it does not
/// declare is answered as U-Boot answers where there is no such chip.
enum HardwareCommands {
    static let all = [
        PinCommand.all, LightCommand.all, I2CCommand.all, SerialFlashCommand.all, RawFlashCommands.all,
        LogicCommand.all, TimeCommands.all, ProcessorCommands.all, GadgetCommands.all, MachineBusCommands.all,
        AbsentDevices.all, ClockCommand.all, PHYCommand.all, DigestCommands.all,
    ].flatMap { $0 }
}
