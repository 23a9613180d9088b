#include "workers/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
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

// The last two, and PR_SET_NAME, are what a thread of an engine asks for when it begins, which may be after the
// filter: glibc or the engine would end the process.
constexpr int kAllowed[] = {
    SYS_read,      SYS_sendto,          SYS_close,          SYS_munmap,          SYS_mremap,        SYS_brk,
    SYS_futex,     SYS_sched_yield,     SYS_gettid,         SYS_getpid,          SYS_clock_gettime, SYS_setitimer,
    SYS_exit,      SYS_exit_group,      SYS_getrusage,      SYS_rt_sigreturn,    SYS_gettimeofday,  SYS_restart_syscall,
    SYS_nanosleep, SYS_rt_sigaction,    SYS_rt_sigprocmask, SYS_clock_nanosleep, SYS_sysinfo,       SYS_getrandom,
    SYS_rseq,      SYS_set_robust_list,
};

sock_filter load(size_t offset) { return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<uint32_t>(offset)}; }
sock_filter keep_bits(uint32_t bits) { return {BPF_ALU | BPF_AND | BPF_K, 0, 0, bits}; }
sock_filter skip_if(uint32_t value, uint8_t skip) { return {BPF_JMP | BPF_JEQ | BPF_K, skip, 0, value}; }
sock_filter skip_unless(uint32_t value, uint8_t skip) { return {BPF_JMP | BPF_JEQ | BPF_K, 0, skip, value}; }
sock_filter answer(uint32_t what) { return {BPF_RET | BPF_K, 0, 0, what}; }

constexpr uint32_t kAllow = SECCOMP_RET_ALLOW, kRefuse = SECCOMP_RET_ERRNO | EPERM;

// A call that is allowed when some bits of one of its arguments are these.
struct Narrow {
  int call;
  size_t argument;
  uint32_t bits, wanted;
};

std::vector<Narrow> narrowly_allowed() {
  constexpr uint32_t kAll = ~0u, kNoCode = ~static_cast<uint32_t>(PROT_READ | PROT_WRITE);
  std::vector<Narrow> out = {{SYS_prctl, 0, kAll, PR_SET_NAME},
                             {SYS_tgkill, 0, kAll, static_cast<uint32_t>(getpid())},
                             {SYS_mprotect, 2, kNoCode, 0}};
  for (uint32_t advice : {MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE, MADV_DONTDUMP, MADV_DODUMP})
    out.push_back({SYS_madvise, 2, kAll, advice});
  return out;
}

void allow_when(std::vector<sock_filter>& out, const Narrow& narrow) {
  out.push_back(skip_unless(static_cast<uint32_t>(narrow.call), 5));
  out.push_back(load(offsetof(seccomp_data, args) + 8 * narrow.argument));
  out.push_back(keep_bits(narrow.bits));
  out.push_back(skip_unless(narrow.wanted, 1));
  out.push_back(answer(kAllow));
  out.push_back(load(offsetof(seccomp_data, nr)));
}

// Memory of its own that grows by what is asked for, and holds no code.
void allow_private_memory(std::vector<sock_filter>& out) {
  constexpr uint32_t kKind = MAP_TYPE | MAP_ANONYMOUS | MAP_GROWSDOWN;
  out.push_back(skip_unless(SYS_mmap, 8));
  out.push_back(load(offsetof(seccomp_data, args) + 8 * 2));
  out.push_back(keep_bits(PROT_EXEC));
  out.push_back(skip_unless(0, 4));
  out.push_back(load(offsetof(seccomp_data, args) + 8 * 3));
  out.push_back(keep_bits(kKind));
  out.push_back(skip_unless(MAP_PRIVATE | MAP_ANONYMOUS, 1));
  out.push_back(answer(kAllow));
  out.push_back(answer(kRefuse));
}

std::vector<sock_filter> filter(const std::vector<int>& further) {
  std::vector<sock_filter> out = {load(offsetof(seccomp_data, arch)), skip_if(kArchitecture, 1),
                                  answer(SECCOMP_RET_KILL_PROCESS), load(offsetof(seccomp_data, nr))};
  auto allow = [&](int call) {
    out.push_back(skip_unless(static_cast<uint32_t>(call), 1));
    out.push_back(answer(kAllow));
  };
  for (int call : kAllowed) allow(call);
  for (int call : further) allow(call);
  for (const auto& narrow : narrowly_allowed()) allow_when(out, narrow);
  allow_private_memory(out);
  out.push_back(answer(kRefuse));
  return out;
}

bool limit(__rlimit_resource what, rlim_t value) {
  rlimit given{value, value};
  return setrlimit(what, &given) == 0;
}

}  // namespace

bool give_up_privileges() {
  // Best effort: a kernel without the file ends whom it likes.
  if (int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC); score >= 0) {
    [[maybe_unused]] auto put = write(score, "1000", 4);
    close(score);
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  return syscall(SYS_capset, &header, none) == 0;
}

bool enter_sandbox(const Sandbox& sandbox) {
  bool limited = limit(RLIMIT_DATA, sandbox.memory_bytes_max) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 0);
  if (!limited || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  auto program = filter(sandbox.further_calls);
  sock_fprog given{static_cast<unsigned short>(program.size()), program.data()};
  // Threads that an engine began for itself are bound too.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &given) == 0;
}

}  // namespace weir::workers
