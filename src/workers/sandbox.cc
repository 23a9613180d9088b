#include "workers/sandbox.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <vector>

namespace weir::workers {
namespace {

#if defined(__x86_64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "name the architecture's number of the audit interface"
#endif

// The last two, and PR_SET_NAME below, are what a thread of an engine asks for when it begins, which may be after the
// filter: glibc or the engine would end the process.
constexpr int kAllowed[] = {
    SYS_read,         SYS_sendto,          SYS_close,           SYS_mmap,
    SYS_munmap,       SYS_mremap,          SYS_mprotect,        SYS_madvise,
    SYS_brk,          SYS_futex,           SYS_sched_yield,     SYS_gettid,
    SYS_getpid,       SYS_clock_gettime,   SYS_setitimer,       SYS_rt_sigreturn,
    SYS_exit,         SYS_exit_group,      SYS_getrusage,       SYS_rt_sigprocmask,
    SYS_gettimeofday, SYS_restart_syscall, SYS_clock_nanosleep, SYS_nanosleep,
    SYS_rt_sigaction, SYS_tgkill,          SYS_sysinfo,         SYS_getrandom,
    SYS_rseq,         SYS_set_robust_list,
};

sock_filter load(uint32_t offset) { return {BPF_LD | BPF_W | BPF_ABS, 0, 0, offset}; }
sock_filter skip_if(uint32_t value, uint8_t skip) { return {BPF_JMP | BPF_JEQ | BPF_K, skip, 0, value}; }
sock_filter skip_unless(uint32_t value, uint8_t skip) { return {BPF_JMP | BPF_JEQ | BPF_K, 0, skip, value}; }
sock_filter answer(uint32_t what) { return {BPF_RET | BPF_K, 0, 0, what}; }

std::vector<sock_filter> filter(const std::vector<int>& further) {
  std::vector<sock_filter> out = {load(offsetof(seccomp_data, arch)), skip_if(kArchitecture, 1),
                                  answer(SECCOMP_RET_KILL_PROCESS), load(offsetof(seccomp_data, nr))};
  auto allow = [&](int call) {
    out.push_back(skip_unless(static_cast<uint32_t>(call), 1));
    out.push_back(answer(SECCOMP_RET_ALLOW));
  };
  for (int call : kAllowed) allow(call);
  for (int call : further) allow(call);
  out.push_back(skip_unless(SYS_prctl, 3));
  out.push_back(load(offsetof(seccomp_data, args)));
  out.push_back(skip_unless(PR_SET_NAME, 1));
  out.push_back(answer(SECCOMP_RET_ALLOW));
  out.push_back(answer(SECCOMP_RET_ERRNO | EPERM));
  return out;
}

bool limit(__rlimit_resource what, rlim_t value) {
  rlimit given{value, value};
  return setrlimit(what, &given) == 0;
}

}  // namespace

bool enter_sandbox(const Sandbox& sandbox) {
  bool limited = limit(RLIMIT_DATA, sandbox.memory_bytes_max) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 0);
  if (!limited || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  auto program = filter(sandbox.further_calls);
  sock_fprog given{static_cast<unsigned short>(program.size()), program.data()};
  // Threads that an engine began for itself are bound too.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &given) == 0;
}

}  // namespace weir::workers
