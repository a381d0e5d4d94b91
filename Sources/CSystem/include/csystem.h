#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>
#include <sys/types.h>

/* What a child process is to be. */
struct csystem_spawn {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /* The folder that it starts in; NULL for the parent's. */
    const char *directory;
    /* Its descriptors 0, 1 and 2; all of them 3 or more. */
    int standard[3];
    /* Descriptors that it inherits under their own numbers. */
    const int *kept;
    int kept_count;
};

/*
 * Starts a child that leads a session and a process group of its own, with default signal handlers, an empty signal
 * mask and no descriptors but those named, and that is killed when the calling thread ends. Gives its process
 * identifier and a descriptor for its end. 0, or the error number.
 */
int csystem_start(const struct csystem_spawn *request, pid_t *process, int *descriptor);

/*
 * Reaps a child by its descriptor. 1 and how it ended (code is one of CLD_EXITED, CLD_KILLED, CLD_DUMPED), 0 if it
 * still runs and must not be waited for, or a negative error number.
 */
int csystem_reap(int descriptor, int waits, int *code, int *status);

/* Whether a signal has stopped a child and none has let it go on since. */
int csystem_is_stopped(int descriptor);

/* From now on SIGINT, SIGTERM and SIGHUP write their number to a descriptor; -1 puts the defaults back. */
void csystem_signals_to(int descriptor);

/* How many of them came since. */
int csystem_signal_count(void);

/* A pair of connected stream sockets, or a pipe (read end first), close-on-exec. 0, or the error number. */
int csystem_socket_pair(int pair[2]);
int csystem_pipe(int pair[2]);

/* The processor time of this process in nanoseconds, and its largest resident size in bytes. */
long long csystem_processor_time(void);
long long csystem_largest_size(void);

/* Where a text begins in another one; -1 if it is not there. */
long csystem_find(const void *text, size_t text_size, const void *wanted, size_t wanted_size);

#endif
